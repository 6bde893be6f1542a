import { describe, expect, it } from 'vitest';
import { days } from '../../../../../shared/kernel/duration.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { type Business, startBusiness } from '../business.ts';

const STALE = 'amp.computers.remove-stale';

/** Forty computers seen today, but for the first `stale`, not seen for 70 days. */
async function startStale(stale: number) {
  const business = await startBusiness({ fleet: { computers: 40, events: 0 } });
  const harness = business.harness();
  const nowMs = harness.clock.nowMs();
  for (const [index, computer] of business.computers().entries()) {
    computer.lastSeenAtMs = nowMs - (index < stale ? days(70) : 0);
  }
  const targets = business.computers().slice(0, stale);
  return { business, harness, guids: targets.map(({ guid }) => guid) };
}

const report = (harness: JobHarness) =>
  harness.run(STALE, { report: { olderThanDays: 60 } }).then(({ id }) => id);

const left = (business: Business): number => business.computers().length;

describe('amp.computers.remove-stale', () => {
  it('reports first, and removes nothing', async () => {
    const { business, harness, guids } = await startStale(2);
    const job = await harness.run(STALE, { report: { olderThanDays: 60 } });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(job.summary).toBe('2 stale computers listed of 40 read');
    const rows = (await harness.result(job)) as { connector_guid: string }[];
    expect(rows.map((row) => row.connector_guid)).toEqual(guids);
    expect(left(business)).toBe(40);
  });

  it('does not take for stale what does not say when it was seen', async () => {
    const { business, harness } = await startStale(0);
    const [first] = business.computers();
    delete first?.lastSeenAtMs;
    const job = await harness.run(STALE, { report: { olderThanDays: 60 } });
    expect(await harness.result(job)).toEqual([]);
  });

  it('then removes what the report lists, and spares what came back', async () => {
    const { business, harness, guids } = await startStale(2);
    const id = await report(harness);
    business.console().connect(guids[1] ?? '');
    const job = await harness.run(STALE, { remove: { report: id } });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.summary).toBe('removed 1 computer, 1 seen again since the report and spared');
    expect(left(business)).toBe(39);
    expect(await harness.result(job)).toMatchObject({ removed: 1, spared: [guids[1]] });
  });

  it('removes nothing that became stale after the report', async () => {
    const { business, harness } = await startStale(1);
    const id = await report(harness);
    for (const computer of business.computers()) computer.lastSeenAtMs = 0;
    await harness.run(STALE, { remove: { report: id } });
    expect(left(business)).toBe(39);
  });

  it('takes "not deleted" for a failure of that computer', async () => {
    const { business, harness, guids } = await startStale(2);
    const id = await report(harness);
    business.console().keep(guids[0] ?? '');
    const job = await harness.run(STALE, { remove: { report: id } });
    expect(job).toMatchObject({ status: 'partial', summary: 'removed 1 computer, 1 failed' });
    expect(await harness.result(job)).toMatchObject({
      failed: [{ code: 'provider.rejected', computers: [guids[0]] }],
    });
  });

  it('takes a computer that is gone already for removed', async () => {
    const { business, harness, guids } = await startStale(1);
    const id = await report(harness);
    business.console().state.computers.delete(guids[0] ?? '');
    const job = await harness.run(STALE, { remove: { report: id } });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'removed 1 computer' });
    expect(business.requests('DELETE')).toEqual([]);
  });

  it('does not take an answer that is no computer for one that came back', async () => {
    const { business, harness } = await startStale(1);
    const id = await report(harness);
    const fault = { kind: 'raw', body: '{"data":null}' } as const;
    business.simulator.faults.add({ path: '/computers/*', fault });
    const job = await harness.run(STALE, { remove: { report: id } });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'removed 1 computer' });
  });

  it('S20 removes nothing while it only observes', async () => {
    const { business, harness } = await startStale(2);
    const id = await report(harness);
    const job = await harness.run(STALE, { remove: { report: id } }, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'would remove 2 computers' });
    expect(left(business)).toBe(40);
  });

  it.each<[string, (id: string) => Json, string]>([
    ['a list of too many', (id) => ({ report: id, maxPercent: 4 }), 'params.remove.maxPercent'],
    ['a job that is no report', () => ({ report: 'job_0123456789' }), 'params.remove.report'],
  ])('refuses %s', async (_what, remove, field) => {
    const { business, harness } = await startStale(2);
    const id = await report(harness);
    const job = await harness.run(STALE, { remove: remove(id) });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field }] },
    });
    expect(left(business)).toBe(40);
  });

  it('refuses a report of last week', async () => {
    const { harness } = await startStale(1);
    const id = await report(harness);
    harness.clock.leapTo(harness.clock.nowMs() + days(8));
    const job = await harness.run(STALE, { remove: { report: id } });
    expect(job.error?.message).toContain('more than a week old');
  });
});
