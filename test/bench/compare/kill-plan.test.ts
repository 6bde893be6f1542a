import { describe, expect, it } from 'vitest';
import { createKillPlan } from '../../../bench/compare/kill-plan.ts';
import type { Life } from '../../support/mortal.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const WINDOW_MS = 60_000;
const kills = { everyWindows: 3, times: { virtual: 2, real: 1 } };

/** Steps until it dies. */
async function endLife(life: Life | undefined): Promise<void> {
  while (life && !life.over) await life.step(async () => undefined).catch(() => undefined);
}

describe('the plan of kills in virtual time', () => {
  it('has no life end where the scenario has no kills', () => {
    const plan = createKillPlan(undefined, WINDOW_MS, createVirtualClock());
    expect(plan.lifeOf()).toBeUndefined();
    expect(plan.kills()).toBe(0);
  });

  it('ends a life in every third window, as often as the scenario says', async () => {
    const clock = createVirtualClock();
    const plan = createKillPlan(kills, WINDOW_MS, clock);
    const killedAt: number[] = [];
    for (let second = 0; second < 20 * 60; second++) {
      const before = plan.kills();
      await endLife(plan.lifeOf());
      if (plan.kills() > before) killedAt.push(Math.floor(clock.monotonicMs() / WINDOW_MS));
      await clock.advanceBy(1_000);
    }
    expect(killedAt).toEqual([3, 6]);
  });

  it('takes another invocation where the one that was to die survived', async () => {
    const clock = createVirtualClock();
    const plan = createKillPlan(kills, WINDOW_MS, clock);
    await clock.advanceBy(5 * WINDOW_MS);
    expect(plan.lifeOf()).toBeDefined();
    expect(plan.lifeOf()).toBeUndefined();
    await clock.advanceBy(31_000);
    await endLife(plan.lifeOf());
    expect(plan.kills()).toBe(1);
  });
});
