import { describe, expect, it } from 'vitest';
import type { LoggedArrival } from '../../../../bench/compare/calls-of.ts';
import { type Course, createRealKills, drive } from '../../../../bench/compare/real/drive.ts';
import { WINDOW_MS } from '../../../../bench/compare/real/window.ts';
import type { Scenario } from '../../../../bench/compare/scenarios.ts';
import { batchBody, OPERATION } from '../../../../bench/compare/work.ts';
import { sha256Hex } from '../../../../shared/kernel/ids.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';

const DEVICE = 7;

const scenario: Scenario = {
  name: 'steady',
  title: 'two jobs',
  jobs: () => [0, 1.5].map((atWindows) => ({ atWindows, tenant: 'large', urgent: false })),
  jitterWindows: 0,
  backlog: true,
  endsAfterWindows: { virtual: 10, real: 10 },
};

/** A run over a vendor that accepts the keys of `accepts` as they are placed. */
function courseOf(more: Partial<Course>, accepts: readonly string[] = []) {
  const clock = createVirtualClock();
  const startedAtMs = clock.nowMs();
  const arrivals: LoggedArrival[] = [];
  const seen: { what: string; atWindows: number }[] = [];
  const note = (what: string) => () => {
    seen.push({ what, atWindows: (clock.nowMs() - startedAtMs) / WINDOW_MS });
  };
  const course: Course = {
    scenario,
    simulator: { arrivals },
    device: DEVICE,
    place(_wish, key) {
      note(key)();
      if (!accepts.includes(key)) return;
      const bodyDigest = sha256Hex(batchBody(DEVICE, key));
      arrivals.push({ atMs: clock.nowMs(), operation: OPERATION, status: 200, bodyDigest });
    },
    stopStore: note('stop'),
    startStore: note('start'),
    clock,
    ...more,
  };
  return {
    seen,
    async run() {
      let over = false;
      const run = drive(course).finally(() => {
        over = true;
      });
      await clock.runUntil(() => over);
      return { ...(await run), windows: (clock.nowMs() - startedAtMs) / WINDOW_MS };
    },
    clock,
  };
}

describe('the course of a scenario in real time', () => {
  it('places each job at its instant, and is over once all were accepted', async () => {
    const { run, seen } = courseOf({}, ['bench-0', 'bench-1']);
    const { windows, calls } = await run();
    expect(seen).toEqual([
      { what: 'bench-0', atWindows: 0 },
      { what: 'bench-1', atWindows: 1.5 },
    ]);
    expect(calls.map(({ key }) => key)).toEqual(['bench-0', 'bench-1']);
    expect(windows).toBe(1.5);
  });

  it('ends at the same instant for who takes long to place its jobs', async () => {
    const slow = courseOf({ place: () => slow.clock.sleep(2 * WINDOW_MS) });
    expect((await slow.run()).windows).toBeCloseTo(10, 1);
  });

  it('stops the store and starts it again', async () => {
    const storeDown = { fromWindows: 3, toWindows: 4 };
    const { run, seen } = courseOf({ scenario: { ...scenario, storeDown } });
    await run();
    expect(seen.slice(2)).toEqual([
      { what: 'stop', atWindows: 3 },
      { what: 'start', atWindows: 4 },
    ]);
  });
});

describe('the kills in real time', () => {
  const kills = { everyWindows: 3, times: { virtual: 9, real: 2 } };

  it('come with the first call that is counted after each third window, as often as is said', async () => {
    const clock = createVirtualClock();
    const at: number[] = [];
    const startedAtMs = clock.nowMs();
    const plan = createRealKills(
      { ...scenario, kills },
      () => at.push((clock.nowMs() - startedAtMs) / WINDOW_MS),
      clock,
    );
    for (let call = 0; call < 24; call++) {
      plan.onCounted();
      await clock.advanceBy(WINDOW_MS / 2);
    }
    expect(at).toEqual([3, 6]);
    expect(plan.count()).toBe(2);
  });
});
