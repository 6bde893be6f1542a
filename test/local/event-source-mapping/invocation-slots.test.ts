import { describe, expect, it } from 'vitest';
import { createInvocationSlots } from '../../../local/event-source-mapping/invocation-slots.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const never = new AbortController().signal;

function createSlots(ceiling: number) {
  const clock = createVirtualClock({ startMs: 0 });
  const options = { timers: clock, initial: 5, ceiling, growthPerMinute: 300 };
  return { clock, slots: createInvocationSlots(options) };
}

describe('invocation slots', () => {
  it('grow by 300 a minute from 5 up to the ceiling', async () => {
    const { clock, slots } = createSlots(100);
    const limits = [slots.limit()];
    for (const afterMs of [1_000, 9_000, 60_000]) {
      await clock.advanceBy(afterMs);
      limits.push(slots.limit());
    }
    expect(limits).toEqual([5, 10, 55, 100]);
  });

  it('let a waiter go on as soon as one has grown', async () => {
    const { clock, slots } = createSlots(100);
    for (let taken = 0; taken < 5; taken += 1) await slots.take(never);
    const sixth = slots.take(never).then(() => clock.nowMs());
    await clock.advanceBy(1_000);
    expect(await sixth).toBe(200);
  });

  it('halve what is in use after a failure, never below one, and grow again', async () => {
    const { clock, slots } = createSlots(5);
    for (let taken = 0; taken < 4; taken += 1) await slots.take(never);
    slots.backOff();
    expect(slots.limit()).toBe(2);
    slots.backOff();
    slots.backOff();
    expect(slots.limit()).toBe(1);
    await clock.advanceBy(400);
    expect(slots.limit()).toBe(3);
  });

  it('end the wait of a waiter that is told to stop', async () => {
    const { slots } = createSlots(2);
    const stopping = new AbortController();
    await slots.take(never);
    await slots.take(never);
    const waiting = slots.take(stopping.signal);
    stopping.abort();
    expect(await waiting).toBe(false);
  });
});
