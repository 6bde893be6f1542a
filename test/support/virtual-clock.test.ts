import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

describe('the virtual clock', () => {
  it('fires timers at their instants, in order, and equal ones as they were set', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const fired: string[] = [];
    clock.setTimer(20, () => fired.push(`late at ${clock.nowMs()}`));
    clock.setTimer(10, () => fired.push(`first at ${clock.nowMs()}`));
    clock.setTimer(10, () => fired.push(`second at ${clock.nowMs()}`));
    const cancel = clock.setTimer(15, () => fired.push('cancelled'));
    cancel();
    await clock.advanceTo(19);
    expect(fired).toEqual(['first at 10', 'second at 10']);
    await clock.advanceTo(20);
    expect(fired).toEqual(['first at 10', 'second at 10', 'late at 20']);
  });

  it('shows whole milliseconds, and is never early', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const fired: number[] = [];
    clock.setTimer(0.25, () => fired.push(clock.nowMs()));
    void clock.sleep(7.5).then(() => fired.push(clock.nowMs()));
    await clock.advanceTo(10);
    expect(fired).toEqual([1, 8]);
  });

  it('lets everything that can run do so before time moves on', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      for (let step = 0; step < 3; step += 1) {
        await clock.sleep(10);
        await Promise.resolve();
        seen.push(clock.nowMs());
      }
    };
    const done = work();
    await clock.advanceBy(100);
    await done;
    expect(seen).toEqual([10, 20, 30]);
    expect(clock.nowMs()).toBe(100);
    expect(clock.monotonicMs()).toBe(100);
  });

  it('runs until a condition holds, and stands at that instant', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    let ticks = 0;
    const tick = (): void => {
      ticks += 1;
      clock.setTimer(clock.nowMs() + 1_000, tick);
    };
    tick();
    await clock.runUntil(() => ticks === 4);
    expect(clock.nowMs()).toBe(3_000);
  });

  it('gives up on a condition without timers, or past its limit', async () => {
    const clock = createVirtualClock({ startMs: 0 });
    await expect(clock.runUntil(() => false)).rejects.toThrow('no timer is left');
    clock.setTimer(2_000, () => {});
    await expect(clock.runUntil(() => false, 1_000)).rejects.toThrow('1000 ms have passed');
  });
});
