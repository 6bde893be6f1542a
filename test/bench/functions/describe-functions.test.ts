import { describe, expect, it } from 'vitest';
import { coldStartTable, describeRates } from '../../../bench/functions/describe-functions.ts';
import { cpuTicks } from '../../../bench/functions/worker-cpu.ts';

const figures = {
  startedAt: '2026-01-01T00:00:00.000Z',
  loadBefore: 0,
  coldStarts: [{ name: 'api', bytes: 703_400, gzipBytes: 223_000, importMs: 81.6 }],
  intake: { requests: 900, perSecond: 90.4, p50Ms: 80, p99Ms: 190.26 },
};

describe('the figures of the functions', () => {
  it('are a row for each bundle', () => {
    expect(coldStartTable(figures)[1]).toEqual(['api', '703 kB', '223 kB', '82 ms']);
  });

  it('say so where CPU time is not known', () => {
    expect(describeRates(figures)[0]).toContain('not measured');
    const workerCpu = { jobs: 200, cpuMsPerJob: 15.84 };
    expect(describeRates({ ...figures, workerCpu })[0]).toContain('15.8 ms');
  });
});

describe('the CPU time of a process', () => {
  it('is user and system time, whatever the name of the process holds', () => {
    const stat = '42 (node (a) b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 11 0 900';
    expect(cpuTicks(stat)).toBe(300);
  });
});
