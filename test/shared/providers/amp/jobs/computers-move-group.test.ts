import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Business, startBusiness } from '../business.ts';

const MOVE = 'amp.computers.move-group';
const GONE = '00000000-0000-4000-8000-000000000000';

/** Every computer is online and in the first group; the second is where they are to go. */
function gather(business: Business): void {
  const { groups } = business.console().state;
  const [home] = groups.values();
  for (const computer of business.computers()) {
    computer.online = true;
    computer.groupGuid = home?.guid ?? '';
    computer.policyGuid = home?.policyGuids[computer.product] ?? '';
  }
}

async function startGathered(computers: number) {
  const business = await startBusiness({ fleet: { computers, events: 0 } });
  gather(business);
  const { groups } = business.console().state;
  const away = [...groups.values()].find(
    (group, index) =>
      index > 0 &&
      business.computers().every((it) => group.policyGuids[it.product] !== it.policyGuid),
  );
  return { business, group: away?.guid ?? '' };
}

const guidsOf = (business: Business): string[] => business.computers().map(({ guid }) => guid);
const groupsOf = (business: Business) => business.computers().map(({ groupGuid }) => groupGuid);

describe('amp.computers.move-group', () => {
  it('moves, and comes back until the computer has the policy of the group', async () => {
    const { business, group } = await startGathered(1);
    const harness = business.harness();
    const fromMs = harness.clock.nowMs();
    const job = await harness.run(MOVE, { computers: guidsOf(business), group });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'moved 1 computer' });
    expect(groupsOf(business)).toEqual([group]);
    expect(harness.clock.nowMs() - fromMs).toBeGreaterThanOrEqual(minutes(1));
    const [guid] = guidsOf(business);
    expect(business.requests()).toEqual([
      `GET /groups/${group}`,
      `GET /computers/${guid}`,
      `PATCH /computers/${guid}`,
      `GET /computers/${guid}`,
    ]);
  });

  it('leaves alone what is there, and reports what is not', async () => {
    const { business, group } = await startGathered(3);
    const harness = business.harness();
    await harness.run(MOVE, { computers: guidsOf(business).slice(0, 1), group });
    const job = await harness.run(MOVE, { computers: [...guidsOf(business), GONE], group });
    expect(job.summary).toBe('moved 2 computers, 1 moved already, 1 failed');
    expect(job.status).toBe('partial');
    expect(business.requests('PATCH')).toHaveLength(3);
  });

  it('says which computers had not got the policy when the time was over', async () => {
    const { business, group } = await startGathered(2);
    business.console().disconnect(guidsOf(business)[1] ?? '');
    const harness = business.harness();
    const params = { computers: guidsOf(business), group, followForMinutes: 10 };
    const job = await harness.run(MOVE, params);
    expect(job).toMatchObject({ status: 'partial', summary: 'moved 1 computer, 1 pending' });
    expect(groupsOf(business)).toEqual([group, group]);
    expect(business.requests('PATCH')).toHaveLength(2);
  });

  it('fails before any move where there is no such group', async () => {
    const { business } = await startGathered(1);
    const job = await business.harness().run(MOVE, { computers: guidsOf(business), group: GONE });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(business.requests('PATCH')).toEqual([]);
  });

  it('S20 moves nothing while it only observes', async () => {
    const { business, group } = await startGathered(2);
    const params = { computers: guidsOf(business), group };
    const job = await business.harness().run(MOVE, params, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'would move 2 computers' });
    expect(business.requests('PATCH')).toEqual([]);
  });

  it('moves every computer, whenever its worker is killed', async () => {
    const { business, group } = await startGathered(2);
    const request = {
      type: MOVE,
      params: { computers: guidsOf(business), group },
      prepare: () => gather(business),
    };
    const steps = await killEverywhere(business, request, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(groupsOf(business)).toEqual([group, group]);
    });
    expect(steps).toBeGreaterThan(10);
  });
});
