import { describe, expect, it } from 'vitest';
import { nothingBilled } from '../../../bench/compare/cost/prices.ts';
import { figuresOf } from '../../../bench/compare/figures.ts';
import type { RunFacts } from '../../../bench/compare/run-facts.ts';

const job = (key: string, tenant = 'large', urgent = false) => ({
  key,
  tenant,
  urgent,
  placedAtMs: 0,
});
const call = (key: string, atMs: number, status = 200) => ({ key, atMs, status });

const facts = (more: Partial<RunFacts>): RunFacts => ({
  row: 'sluice',
  scenario: 'steady',
  windowMs: 1_000,
  limit: 2,
  jobs: [job('a'), job('b'), job('c')],
  calls: [call('a', 0), call('b', 0), call('c', 1_000)],
  lost: [],
  kills: 0,
  usage: {},
  ...more,
});

describe('the figures of a run', () => {
  it('count every arrival against the limit, refused ones included', () => {
    const calls = [call('a', 0), call('b', 10), call('c', 20, 429), call('c', 1_100)];
    const figures = figuresOf(facts({ calls }));
    expect(figures).toMatchObject({ fullest: 3, violating: 0.25, throttled: 1, served: 3 });
  });

  it('tell accepted calls beyond the first of their job', () => {
    const calls = [call('a', 0), call('a', 10), call('b', 1_000), call('b', 1_010, 500)];
    expect(figuresOf(facts({ calls }))).toMatchObject({ duplicates: 1, served: 2, open: 1 });
  });

  it('serve no job by a call that is of none', () => {
    const calls = [call('a', 0), call('unknown', 10)];
    expect(figuresOf(facts({ calls }))).toMatchObject({ served: 1, open: 2, duplicates: 1 });
  });

  it('tell a job that was lost and given again as lost and not as open', () => {
    const calls = [call('a', 0), call('b', 10)];
    expect(figuresOf(facts({ calls, lost: ['a', 'b'] }))).toMatchObject({ lost: 2, open: 1 });
  });

  it('leave out what the run does not say', () => {
    const { receivesMean, usdPerMillionJobs, jain, urgentPlace } = figuresOf(facts({}));
    expect([receivesMean, usdPerMillionJobs, jain, urgentPlace]).toEqual(Array(4).fill(undefined));
  });

  it('divide usage by the jobs served', () => {
    const billed = { ...nothingBilled, events: 6 };
    const usage = { receives: [1, 3], storeWrites: 12, invocations: 6, billedMs: 300, billed };
    expect(figuresOf(facts({ usage }))).toMatchObject({
      receivesMean: 2,
      receivesMax: 3,
      storeWritesPerCall: 4,
      invocationsPerJob: 2,
      billedMsPerJob: 100,
      usdPerMillionJobs: 2,
    });
  });

  it('tell commands of a Redis apart from writes of a table', () => {
    const figures = figuresOf(facts({ usage: { redisCommands: 30 } }));
    expect(figures).toMatchObject({ redisCommandsPerCall: 10 });
    expect(figures.storeWritesPerCall).toBeUndefined();
  });

  it('say how fair the service was while a small tenant waited, and how long it did', () => {
    const jobs = [job('a'), job('b'), job('s', 'small'), job('t', 'small')];
    const calls = [call('a', 0), call('b', 0), call('s', 1_000), call('t', 2_000)];
    const figures = figuresOf(facts({ scenario: 'tenants', jobs, calls }));
    expect(figures).toMatchObject({ smallWaitMedianMs: 1_000, smallWaitMaxMs: 2_000, jain: 1 });
  });

  it('give no wait of a small tenant that was never served', () => {
    const jobs = [job('a'), job('s', 'small'), job('t', 'small')];
    const figures = figuresOf(facts({ scenario: 'tenants', jobs, calls: [call('a', 0)] }));
    expect(figures.smallWaitMaxMs).toBeUndefined();
    expect(figures.jain).toBe(0.5);
  });

  it('call no share fair or unfair of a tenant with a single job', () => {
    const jobs = [job('a'), job('s', 'small')];
    const calls = [call('a', 0), call('s', 10)];
    expect(figuresOf(facts({ scenario: 'tenants', jobs, calls })).jain).toBeUndefined();
  });

  it('say by how much the worst of the calls too many came too early, and nothing of others', () => {
    const early = [call('a', 0), call('b', 0), call('c', 990)];
    expect(figuresOf(facts({ calls: early })).earliestByWindows).toBeCloseTo(0.01);
    expect(figuresOf(facts({})).earliestByWindows).toBeUndefined();
  });

  it('tell as which call an urgent job came', () => {
    const jobs = [job('a'), job('b'), job('u', 'large', true)];
    const calls = [call('a', 5), call('u', 20), call('b', 30)];
    const figures = figuresOf(facts({ scenario: 'urgent', jobs, calls }));
    expect(figures).toMatchObject({ urgentPlace: 2, urgentWaitMs: 20 });
  });
});
