import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConsole } from './console.ts';

const CALLS = [
  { limit: 'servers.list', method: 'GET', path: '/servers' },
  { limit: 'servers.batch', method: 'POST', path: '/servers/batch' },
  { limit: 'account', method: 'GET', path: '/policies' },
] as const;

/** Most gaps are short and some are long, so that windows fill, drain and overlap. */
const gapMs = fc.oneof(
  { weight: 40, arbitrary: fc.integer({ min: 0, max: 400 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 61_000 }) },
);
const traffic = fc.array(fc.tuple(gapMs, fc.constantFrom(...CALLS)), { maxLength: 200 });

/** Tries each arrival as the end of a window, by looking at all the others. */
const fullestOf = (stampsMs: readonly number[], windowMs: number): number =>
  Math.max(
    0,
    ...stampsMs.map(
      (endMs) => stampsMs.filter((atMs) => atMs <= endMs && endMs - atMs < windowMs).length,
    ),
  );

describe('Automox audit', () => {
  it('agrees with a count of every window, and no window of admitted requests is too full', () => {
    fc.assert(
      fc.property(traffic, (sent) => {
        const { simulator, call, wait } = createConsole({ fleet: { devices: 1 } });
        for (const [waitMs, { method, path }] of sent) {
          wait(waitMs);
          call(method, path);
        }
        const { limits } = simulator.audit();
        for (const { limit, path } of CALLS) {
          const concerned = simulator.arrivals.filter(
            (arrival) => limit === 'account' || arrival.path === `/api${path}`,
          );
          const admitted = concerned.filter(({ status }) => status !== 429);
          const stampsOf = (rows: typeof concerned) => rows.map(({ atMs }) => atMs);
          const { windowMs = 0, limit: requests = 0, ...audit } = limits[limit] ?? {};
          expect(audit).toMatchObject({
            fullest: fullestOf(stampsOf(concerned), windowMs),
            arrivals: concerned.length,
          });
          expect(fullestOf(stampsOf(admitted), windowMs)).toBeLessThanOrEqual(requests);
        }
      }),
      { numRuns: 40 },
    );
  });
});
