import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/kernel/random.ts';

const draw = (seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 1_000 }, () => random());
};

describe('seededRandom', () => {
  it('draws the same numbers for the same seed and others for another', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('draws numbers of at least 0 and below 1, all over', () => {
    const numbers = draw(3);
    expect(numbers.filter((number) => number < 0 || number >= 1)).toEqual([]);
    const tenths = new Set(numbers.map((number) => Math.floor(number * 10)));
    expect(tenths.size).toBe(10);
  });
});
