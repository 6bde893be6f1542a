import { describe, expect, it } from 'vitest';
import { hours } from '../../../../../shared/kernel/duration.ts';
import { stringifyJson } from '../../../../../shared/kernel/json.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import {
  GONE,
  guidsOf,
  ISOLATE,
  RELEASE,
  settle,
  startSettled,
  statesOf,
} from './isolation-bench.ts';

describe('amp.computer.isolate where something goes wrong', () => {
  it('looks whether a write without an answer took effect, and does not repeat it', async () => {
    const business = await startSettled(2);
    const harness = business.harness();
    business.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut', acted: true } });
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 2 computers' });
    expect(business.requests('PUT')).toHaveLength(2);
  });

  it('repeats a write without an answer that took no effect', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    business.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut', acted: false } });
    const job = await harness.run(ISOLATE, { computers: guidsOf(business) });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(business.requests('PUT')).toHaveLength(2);
  });

  it('asks for each computer once, whenever its worker is killed', async () => {
    const business = await startSettled(2);
    const computers = guidsOf(business);
    const prepare = () => settle(business, () => {});
    const request = { type: ISOLATE, params: { computers }, prepare };
    const steps = await killEverywhere(business, request, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(statesOf(business)).toEqual(['isolated', 'isolated']);
      expect(business.requests('PUT')).toHaveLength(2);
    });
    expect(steps).toBeGreaterThan(10);
  });
});

describe('amp.computer.isolate of a selection', () => {
  it('takes the listing for the look, and follows by it: the fewest calls', async () => {
    const business = await startSettled(600, (computer, index) => {
      if (index === 7) computer.isolation = { available: true, status: 'isolated' };
    });
    const harness = business.harness();
    const [first] = business.computers();
    const select = { groupGuids: [first?.groupGuid ?? ''] };
    const members = business.computers().filter((it) => it.groupGuid === first?.groupGuid);
    const isolatedBefore = members.filter(({ isolation }) => isolation.status === 'isolated');
    const job = await harness.run(ISOLATE, { select, atMost: 600 });
    expect(job.status).toBe('succeeded');
    expect(business.requests('PUT')).toHaveLength(members.length - isolatedBefore.length);
    // A page to select, two to see who got there.
    expect(business.requests('GET').length).toBeLessThanOrEqual(3);
    expect(members.map(({ isolation }) => isolation.status)).not.toContain('not_isolated');
  });

  it('keeps to the hour that AMP allows, loses nothing and is never refused', async () => {
    const business = await startSettled(9);
    business.simulator.configure({ limit: 6 });
    const harness = business.harness();
    const fromMs = harness.clock.nowMs();
    const job = await harness.run(ISOLATE, { computers: guidsOf(business), followForMinutes: 600 });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 9 computers' });
    // A listing, nine writes, and a listing at the end: of the 11, five have to wait for an hour.
    expect(business.requests()).toHaveLength(11);
    expect(harness.clock.nowMs() - fromMs).toBeGreaterThan(hours(1));
    const { limits, statuses } = business.simulator.audit();
    expect(limits['business']).toMatchObject({ fullest: 6, refused: 0 });
    expect(statuses).toEqual({ '200': 11 });
  });

  it('asks for each selected computer once, whenever its worker is killed', async () => {
    const business = await startSettled(3);
    const prepare = () => settle(business, () => {});
    const names = business.computers().map(({ hostname }) => hostname);
    const request = { type: ISOLATE, params: { select: { hostnames: names } }, prepare };
    await killEverywhere(business, request, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 3 computers' });
      expect(business.requests('PUT')).toHaveLength(3);
    });
  });

  it('lists once where the hour is over before it looks at what no list has', async () => {
    const business = await startSettled(3);
    business.simulator.configure({ limit: 1 });
    const absent = [1, 2, 3].map((n) => GONE.replace(/.$/, String(n)));
    const params = { computers: [...absent, ...guidsOf(business)], followForMinutes: 0 };
    const job = await business.harness().run(ISOLATE, params);
    expect(job).toMatchObject({
      status: 'partial',
      summary: 'isolated 0 computers, 3 pending, 3 failed',
    });
    const listings = business.requests('GET').filter((request) => request === 'GET /computers');
    expect(listings).toHaveLength(1);
  });

  it('refuses a selection of more computers than it may touch, and touches none', async () => {
    const business = await startSettled(5);
    const job = await business.harness().run(ISOLATE, {
      select: { lastSeenWithinDays: 3_650 },
      atMost: 2,
    });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.atMost' }] },
    });
    expect(business.requests('PUT')).toEqual([]);
  });

  it('does nothing, and says so, where nobody is selected', async () => {
    const business = await startSettled(3);
    const job = await business.harness().run(ISOLATE, { select: { hostnames: ['nobody'] } });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'isolated 0 computers' });
  });
});

describe('amp.computer.release', () => {
  it('ends the isolation of listed computers, looking at many by listing them', async () => {
    const business = await startSettled(4, (computer, index) => {
      if (index < 3) computer.isolation = { available: true, status: 'isolated' };
    });
    const harness = business.harness();
    const job = await harness.run(RELEASE, { computers: guidsOf(business) });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'released 3 computers, 1 released already',
    });
    expect(new Set(statesOf(business))).toEqual(new Set(['not_isolated']));
    expect(business.requests('DELETE')).toHaveLength(3);
    expect(business.requests('GET')).toEqual(['GET /computers', 'GET /computers']);
  });
});

describe('amp.call of an isolation', () => {
  it('gives its state without the unlock code', async () => {
    const business = await startSettled(1);
    const harness = business.harness();
    const [guid = ''] = guidsOf(business);
    await harness.run(ISOLATE, { computers: [guid] });
    const code = business.computers()[0]?.isolation.unlockCode ?? 'none';
    const job = await harness.run('amp.call', { operation: 'isolation.get', path: { guid } });
    const result = await harness.result(job);
    expect(result).toMatchObject({ data: { status: 'isolated' } });
    expect(stringifyJson([job, result])).not.toContain(code);
  });
});
