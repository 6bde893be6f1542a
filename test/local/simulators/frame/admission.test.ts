import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdmission, type LimitRule } from '../../../../local/simulators/frame/admission.ts';
import { wireHead } from '../../../../local/simulators/frame/wire.ts';

const head = wireHead({ method: 'GET', path: '/' });

const rule = (change: Partial<LimitRule<string>> = {}): LimitRule<string> => ({
  name: 'all',
  requests: 3,
  windowMs: 50,
  source: 'invented',
  scopeOf: (_, caller) => caller,
  ...change,
});

/** How many of the instants up to and including `atMs` share a half-open window with it. */
const heldAt = (admittedMs: readonly number[], atMs: number, windowMs: number): number =>
  admittedMs.filter((earlierMs) => atMs - earlierMs < windowMs).length;

describe('createAdmission', () => {
  it('admits a request exactly when no window would hold more than the limit', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 80 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 5 }), (gapsMs, requests) => {
        const admission = createAdmission([rule({ requests })]);
        const admittedMs: number[] = [];
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          const fits = heldAt(admittedMs, nowMs, 50) < requests;
          expect(admission.arrive(head, 'a', nowMs).refused === undefined).toBe(fits);
          if (fits) admittedMs.push(nowMs);
        }
      }),
    );
  });

  it('names the first instant at which a request is admitted again', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(gaps, (gapsMs) => {
        const twins = [createAdmission([rule()]), createAdmission([rule()])] as const;
        let nowMs = 0;
        for (const gapMs of gapsMs) {
          nowMs += gapMs;
          for (const twin of twins) twin.arrive(head, 'a', nowMs);
        }
        const { refused } = twins[0].arrive(head, 'a', nowMs);
        fc.pre(refused !== undefined);
        expect(twins[0].arrive(head, 'a', refused.freeAtMs - 1).refused).toBeDefined();
        expect(twins[1].arrive(head, 'a', refused.freeAtMs).refused).toBeUndefined();
      }),
    );
  });

  it('tells how much room is left, the arrival itself counted and one a window old not', () => {
    const admission = createAdmission([rule()]);
    const room = [0, 10, 50].map((atMs) => admission.arrive(head, 'a', atMs).standings[0]);
    expect(room.map((standing) => standing?.remaining)).toEqual([2, 1, 1]);
  });

  it('counts each scope apart', () => {
    const admission = createAdmission([rule({ requests: 1 })]);
    expect(admission.arrive(head, 'a', 0).refused).toBeUndefined();
    expect(admission.arrive(head, 'b', 0).refused).toBeUndefined();
    expect(admission.arrive(head, 'a', 0).refused).toEqual({ limits: ['all'], freeAtMs: 50 });
  });

  it('spends nothing of a wide limit on a request that a narrow one refuses', () => {
    const admission = createAdmission([rule({ requests: 2 }), rule({ name: 'one', requests: 1 })]);
    admission.arrive(head, 'a', 0);
    const { refused, standings } = admission.arrive(head, 'a', 1);
    expect(refused).toEqual({ limits: ['one'], freeAtMs: 50 });
    expect(standings).toMatchObject([{ remaining: 1 }, { remaining: 0 }]);
  });

  it('locks for the lock time counted from the breach, which more breaches do not prolong', () => {
    const admission = createAdmission([rule({ requests: 1, lockMs: 200 })]);
    admission.arrive(head, 'a', 0);
    expect(admission.arrive(head, 'a', 10).refused?.freeAtMs).toBe(210);
    expect(admission.arrive(head, 'a', 209).refused?.freeAtMs).toBe(210);
    expect(admission.arrive(head, 'a', 210).refused).toBeUndefined();
  });

  it('frees an anchored window as a whole, one window after its first request', () => {
    const admission = createAdmission([rule({ requests: 2, anchored: true })]);
    const arrive = (nowMs: number) => admission.arrive(head, 'a', nowMs);
    expect([10, 55].map((nowMs) => arrive(nowMs).standings[0]?.resetAtMs)).toEqual([60, 60]);
    expect(arrive(59).refused?.freeAtMs).toBe(60);
    expect(arrive(60).standings).toMatchObject([{ remaining: 1, resetAtMs: 110 }]);
    expect(admission.audit()['all']?.fullest).toBe(3);
  });

  it('audits refused requests too, so that a client over the limit shows', () => {
    const admission = createAdmission([rule({ requests: 2 })]);
    for (const nowMs of [0, 10, 20, 49, 50]) admission.arrive(head, 'a', nowMs);
    expect(admission.audit()['all']).toEqual({
      limit: 2,
      windowMs: 50,
      fullest: 4,
      arrivals: 5,
      refused: 2,
      scopes: { a: { fullest: 4, arrivals: 5, refused: 2 } },
    });
  });
});
