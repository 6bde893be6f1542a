import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

const HOUR_MS = 3_600_000;
const LIMIT = 6;

/** Most gaps are short and some are long, so that hours fill, drain and overlap. */
const gapMs = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 600_000, max: 2 * HOUR_MS }) },
);
const call = fc.constantFrom(['GET', '/version'], ['GET', '/computers/x'], ['GET', '/groups']);
const traffic = fc.array(fc.tuple(gapMs, call), { maxLength: 60 });

/** Tries each arrival as the end of an hour, by looking at all the others. */
const fullestOf = (stampsMs: readonly number[]): number =>
  Math.max(
    0,
    ...stampsMs.map(
      (endMs) => stampsMs.filter((atMs) => atMs <= endMs && endMs - atMs < HOUR_MS).length,
    ),
  );

describe('AMP audit', () => {
  it.each(['sliding', 'anchored'] as const)('agrees with a count of every hour: %s', (window) => {
    fc.assert(
      fc.property(traffic, (sent) => {
        const fleet = { computers: 1, events: 0 };
        const cloud = createCloud({ fleet, settings: { limit: LIMIT, window } });
        for (const [waitMs, [method = '', path = '']] of sent) {
          cloud.wait(waitMs);
          cloud.call(method, path);
        }
        const { arrivals } = cloud.simulator;
        const admitted = arrivals.filter(({ status }) => status !== 429);
        expect(cloud.simulator.audit().limits['business']).toMatchObject({
          fullest: fullestOf(arrivals.map(({ atMs }) => atMs)),
          arrivals: arrivals.length,
          refused: arrivals.length - admitted.length,
        });
        const most = window === 'sliding' ? LIMIT : 2 * LIMIT;
        expect(fullestOf(admitted.map(({ atMs }) => atMs))).toBeLessThanOrEqual(most);
      }),
      { numRuns: 25 },
    );
  });
});
