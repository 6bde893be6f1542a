import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../../../local/simulators/frame/fullest-window.ts';

/** Counts every window that starts at any millisecond at all. */
function bruteForce(stampsMs: readonly number[], windowMs: number): number {
  let fullest = 0;
  for (let startMs = -windowMs; startMs <= 250; startMs++) {
    const held = stampsMs.filter((atMs) => atMs >= startMs && atMs < startMs + windowMs);
    fullest = Math.max(fullest, held.length);
  }
  return fullest;
}

describe('fullestWindow', () => {
  it('agrees with a count of every window there is, in whatever order the stamps come', () => {
    const stamps = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 40 });
    fc.assert(
      fc.property(stamps, fc.integer({ min: 1, max: 60 }), (stampsMs, windowMs) => {
        expect(fullestWindow(stampsMs, windowMs)).toBe(bruteForce(stampsMs, windowMs));
      }),
    );
  });

  it('counts two arrivals exactly one window apart as two windows, and any nearer as one', () => {
    expect(fullestWindow([0, 60_000], 60_000)).toBe(1);
    expect(fullestWindow([0, 59_999.5], 60_000)).toBe(2);
  });

  it('is zero without arrivals', () => {
    expect(fullestWindow([], 1_000)).toBe(0);
  });
});
