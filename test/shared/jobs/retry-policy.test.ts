import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURES_MAX, retryDelayMs, triesLeft } from '../../../shared/jobs/retry-policy.ts';
import { sampleJob } from '../../support/sample-job.ts';

describe('retryDelayMs', () => {
  it('doubles its range with each failure, up to five minutes', () => {
    const ranges = [0, 1, 2, 7, 8, 40].map((failures) => retryDelayMs(failures, () => 1));
    expect(ranges).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
  });

  it('is within a second and five minutes, whatever the dice say', () => {
    const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1_000), dice, (failures, random) => {
        const delayMs = retryDelayMs(failures, () => random);
        expect(delayMs >= 1_000 && delayMs <= 300_000 && Number.isInteger(delayMs)).toBe(true);
      }),
    );
  });
});

describe('triesLeft', () => {
  it('allows as many tries as the limit, the first included', () => {
    const failures = [0, 1, 2, 3, 4, 5];
    expect(failures.filter((n) => triesLeft(sampleJob({ failures: n })))).toEqual([0, 1, 2, 3]);
    expect(FAILURES_MAX).toBe(5);
  });
});
