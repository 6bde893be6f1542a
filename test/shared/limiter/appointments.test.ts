import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { APPOINTMENTS_MAX } from '../../../shared/limiter/appointments.ts';
import {
  APPOINTMENT_LAPSE_MS,
  CLOCK_ALLOWANCE_MS,
  UNSETTLED_BOUND_MS,
  USUAL_CALL_MS,
} from '../../../shared/limiter/timings.ts';
import { createBench } from './model/bench.ts';
import { strictBudget } from './model/sample-budgets.ts';

const BUDGET = strictBudget(3, minutes(1));
/** From an answer until its permit is free again. */
const CYCLE_MS = BUDGET.windowMs + CLOCK_ALLOWANCE_MS;

/** Three calls, answered at 0, 1 and 2 seconds; then it is the third second. */
async function createUsedBench() {
  const bench = createBench(BUDGET);
  for (const group of ['x', 'y', 'z']) {
    await bench.answered(await bench.take(group));
    await bench.clock.advanceBy(seconds(1));
  }
  return bench;
}

describe('appointments', () => {
  it('are the instants at which permits come free, one head each', async () => {
    const { waitOf } = await createUsedBench();
    const waits: number[] = [];
    for (const group of ['a', 'b', 'c', 'd']) waits.push(await waitOf(group));
    expect(new Set(waits).size).toBe(4);
    expect(waits.slice(0, 3)).toEqual([-3, -2, -1].map((s) => CYCLE_MS + seconds(s)));
    expect(waits[3]).toBeGreaterThanOrEqual(2 * CYCLE_MS - seconds(3));
  });

  it('stay as they are when a head asks before its time', async () => {
    const { clock, limiter, waitOf } = await createUsedBench();
    await waitOf('a');
    const promisedMs = await waitOf('b');
    const state = await limiter.read(BUDGET);
    await clock.advanceBy(seconds(20));
    expect(await waitOf('b')).toBe(promisedMs - seconds(20));
    expect(await limiter.read(BUDGET)).toEqual(state);
  });

  it('keep the permit of a head that is about to come from one that came later', async () => {
    const { clock, take, waitOf } = await createUsedBench();
    await clock.advanceBy(await waitOf('a'));
    expect(await waitOf('newcomer')).toBeGreaterThan(0);
    expect((await take('a')).budgets).toEqual([BUDGET]);
  });

  it('go to the end of the line for a head that was just served', async () => {
    const { clock, take, waitOf } = await createUsedBench();
    const forA = await waitOf('a');
    const forB = await waitOf('b');
    await clock.advanceBy(forA);
    await take('a');
    expect(await waitOf('a')).toBeGreaterThan(forB - forA);
  });

  it('leave a permit that comes free early to whoever asks', async () => {
    const { take, limiter, waitOf } = createBench(strictBudget(1, minutes(1)));
    const unused = await take('x');
    await waitOf('a');
    await limiter.settle(unused, { kind: 'unsent' });
    expect((await take('newcomer')).budgets).toHaveLength(1);
  });

  it('keep the turn that is served while what is left over goes to a later one', async () => {
    const { take, limiter, waitOf } = createBench(strictBudget(1, minutes(1)));
    const budget = strictBudget(1, minutes(1));
    const unused = await take('x');
    await waitOf('a');
    await limiter.settle(unused, { kind: 'unsent' });
    await take('x');
    expect(await limiter.read(budget)).toMatchObject({ turn: 0, nextTurns: { x: 2 } });
  });

  it('put a group that was served behind one that comes for the first time', async () => {
    const { clock, take, answered, waitOf } = createBench(strictBudget(1, minutes(1)));
    await answered(await take('served'));
    const first = await waitOf('first');
    await waitOf('served');
    await waitOf('new');
    await clock.advanceBy(first);
    await answered(await take('first'));
    await clock.advanceBy(CYCLE_MS + seconds(1));
    expect(await waitOf('served')).toBeGreaterThan(0);
    expect((await take('new')).budgets).toHaveLength(1);
  });

  it('lapse for a head that does not come, and the next takes its permit no later', async () => {
    const { clock, take, waitOf } = await createUsedBench();
    const goneMs = await waitOf('gone');
    await clock.advanceBy(goneMs + seconds(1));
    for (const group of ['b', 'c']) await take(group).catch(() => undefined);
    const waitMs = await waitOf('late');
    expect(waitMs).toBeLessThanOrEqual(APPOINTMENT_LAPSE_MS - seconds(1));
    await clock.advanceBy(waitMs);
    expect((await take('late')).budgets).toEqual([BUDGET]);
  });

  it('follow a call that takes long, instead of asking over and over', async () => {
    const { clock, take, answered, waitOf } = createBench(strictBudget(1, minutes(1)));
    const slow = await take('slow');
    const firstMs = await waitOf('a');
    expect(firstMs).toBe(CYCLE_MS + USUAL_CALL_MS);
    await clock.advanceBy(seconds(10));
    await answered(slow);
    await clock.advanceBy(firstMs - seconds(10));
    expect(await waitOf('a')).toBe(CYCLE_MS + seconds(10) - firstMs);
  });

  it('follow the pessimistic bound of a call that was lost', async () => {
    const bench = createBench(strictBudget(1, minutes(1)));
    await bench.take('lost');
    await bench.clock.advanceBy(await bench.waitOf('a'));
    const waitMs = await bench.waitOf('a');
    expect(waitMs).toBeGreaterThan(seconds(10));
    await bench.clock.advanceBy(waitMs);
    expect(await bench.take('a')).toMatchObject({ sendAtMs: bench.clock.nowMs() });
  });

  it('follow the order in which permits come free, not the one in which they were taken', async () => {
    const bench = createBench(strictBudget(2, minutes(1)));
    const { clock, take, answered, waitOf } = bench;
    const lost = await take('lost');
    const answeredOne = await take('answered');
    await clock.advanceBy(seconds(30));
    await answered(answeredOne);
    const lostFreeMs = lost.askedAtMs + UNSETTLED_BOUND_MS + CYCLE_MS - clock.nowMs();
    expect(await waitOf('a')).toBe(lostFreeMs);
    expect(await waitOf('b')).toBe(CYCLE_MS);
  });

  it('are not stored for a head that waits in place and has no rival', async () => {
    const bench = await createUsedBench();
    await bench.clock.advanceBy(CYCLE_MS - seconds(4));
    expect(await bench.waitOf('a')).toBe(seconds(1));
    expect((await bench.limiter.read(BUDGET)).appointments).toEqual({});
  });

  it('are not stored anew for a head that came early and waits the rest in place', async () => {
    const bench = await createUsedBench();
    await bench.waitOf('a');
    await bench.waitOf('b');
    const { clock, limiter, store } = bench;
    const state = await limiter.read(BUDGET);
    const holds = state.holds.map((hold) => ({ ...hold, freeAtMs: hold.freeAtMs + 700 }));
    const later = { ...state, holds, version: state.version + 1 };
    await store.replace(BUDGET.id, later, state.version);
    await clock.advanceBy(CYCLE_MS - seconds(3));
    expect(await bench.waitOf('a')).toBe(700);
    expect(await limiter.read(BUDGET)).toEqual(later);
  });

  it('count only the permits of the limit in force, once the vendor has lowered it', async () => {
    const bench = await createUsedBench();
    await bench.limiter.learn(BUDGET, 1);
    expect(await bench.waitOf('a')).toBe(CYCLE_MS - seconds(1));
  });

  it('are at most a thousand; one head more is told when to look again', async () => {
    const bench = await createUsedBench();
    const appointments = Object.fromEntries(
      Array.from({ length: APPOINTMENTS_MAX }, (_, n) => [
        `group ${n}`,
        { atMs: bench.clock.nowMs() + minutes(1), urgent: false, turn: 0, asked: n + 1 },
      ]),
    );
    const state = await bench.limiter.read(BUDGET);
    const crowded = { ...state, appointments, version: state.version + 1 };
    await bench.store.replace(BUDGET.id, crowded, state.version);
    expect(await bench.waitOf('one more')).toBeGreaterThan(minutes(300));
    expect(await bench.limiter.read(BUDGET)).toEqual(crowded);
  });
});
