import { describe, expect, it } from 'vitest';
import { nothingBilled, usdOf, usdPerMillionJobs } from '../../../../bench/compare/cost/prices.ts';

describe('the price of a run', () => {
  it('is the sum over what was used', () => {
    const billed = { ...nothingBilled, invocations: 1_000_000, writeUnits: 2_000_000 };
    expect(usdOf(billed)).toBeCloseTo(0.2 + 2 * 0.625);
  });

  it('is nothing for nothing, and undefined for no job', () => {
    expect(usdPerMillionJobs(nothingBilled, 10)).toBe(0);
    expect(usdPerMillionJobs(nothingBilled, 0)).toBeUndefined();
  });

  it('of a million jobs does not depend on how many were run', () => {
    const billed = { ...nothingBilled, events: 30 };
    expect(usdPerMillionJobs(billed, 30)).toBeCloseTo(1);
  });
});
