import { describe, expect, it } from 'vitest';
import {
  earliestByMs,
  jainIndex,
  percentile,
  trailingCounts,
  utilization,
  violatingShare,
} from '../../../bench/compare/statistics.ts';

describe('percentile', () => {
  it('is the nearest rank, whatever the order', () => {
    expect(percentile([40, 10, 30, 20], 50)).toBe(20);
    expect(percentile([40, 10, 30, 20], 95)).toBe(40);
  });

  it('is nothing of nothing', () => {
    expect(percentile([], 50)).toBeUndefined();
  });
});

describe('violatingShare', () => {
  it('counts the calls that were one too many, wherever the window starts', () => {
    expect(violatingShare([0, 900, 950, 1_000, 1_050], 2, 1_000)).toBe(3 / 5);
  });

  it('leaves a call alone that comes exactly a window after the one it replaces', () => {
    expect(violatingShare([0, 0, 1_000, 1_000], 2, 1_000)).toBe(0);
  });
});

describe('earliestByMs', () => {
  it('is what the worst call lacked of a window after the one it replaces', () => {
    expect(earliestByMs([0, 0, 999, 1_001, 1_700], 2, 1_000)).toBe(299);
  });

  it('is nothing where no call was one too many', () => {
    expect(earliestByMs([0, 0, 1_000, 1_000], 2, 1_000)).toBeUndefined();
    expect(earliestByMs([], 2, 1_000)).toBeUndefined();
  });
});

describe('utilization', () => {
  it('is 1 where each call comes as soon as its window allows', () => {
    expect(utilization([0, 0, 1_000, 1_000, 2_000, 2_000], 2, 1_000)).toBe(1);
  });

  it('is a half where each takes twice as long', () => {
    expect(utilization([0, 0, 2_000, 2_000, 4_000, 4_000], 2, 1_000)).toBe(0.5);
  });

  it('says nothing of calls that fit into one window', () => {
    expect(utilization([0, 10], 2, 1_000)).toBeUndefined();
  });
});

describe('jainIndex', () => {
  it('is 1 where all have the same and 1/n where one has all', () => {
    expect(jainIndex([3, 3, 3])).toBe(1);
    expect(jainIndex([9, 0, 0])).toBeCloseTo(1 / 3);
  });

  it('is nothing where nobody has anything', () => {
    expect(jainIndex([0, 0])).toBeUndefined();
  });
});

describe('trailingCounts', () => {
  it('counts what the window that ends with each stamp holds', () => {
    expect(trailingCounts([0, 500, 999, 1_000, 2_500], 1_000)).toEqual([1, 2, 3, 3, 1]);
  });
});
