import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../../local/simulators/frame/fullest-window.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { sum } from '../../../shared/kernel/sum.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import {
  GRANT_TO_SEND_MAX_MS,
  SLOT_HORIZON_MS,
  SLOT_LEAD_MAX_MS,
} from '../../../shared/limiter/timings.ts';
import { type Bench, createBench } from './model/bench.ts';
import { nominalBudget } from './model/sample-budgets.ts';

const BUDGET = nominalBudget(93, seconds(1));
const SPACING_MS = BUDGET.windowMs / BUDGET.requests;

/** What `count` that ask at once are given, each in a process of its own. */
async function slotsOf(bench: Bench, count: number, budget = BUDGET): Promise<number[]> {
  const { store, clock } = bench;
  const answers = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      createLimiter({ store, clock, random: seededRandom(n) }).acquire({
        budgets: [budget],
        token: `p_${n}`,
        group: `group ${n}`,
        urgent: false,
        patienceMs: 2_000,
      }),
    ),
  );
  return answers.flatMap((it) => (it.granted ? [it.permit.sendAtMs] : [])).sort((a, b) => a - b);
}

describe('a nominal budget', () => {
  it('gives each call a slot of its own on one grid', async () => {
    const slots = await slotsOf(createBench(BUDGET), 50);
    const indexes = slots.map((atMs) => Math.round(atMs / SPACING_MS));
    expect(new Set(indexes).size).toBeGreaterThan(40);
    expect(new Set(indexes).size).toBe(slots.length);
    for (const [n, atMs] of slots.entries()) {
      expect(atMs).toBeCloseTo((indexes[n] ?? 0) * SPACING_MS, 2);
    }
  });

  it('gives no slot beyond the horizon, and tells when to ask again', async () => {
    const bench = createBench(BUDGET);
    const nowMs = bench.clock.nowMs();
    const slots = [...(await slotsOf(bench, 100)), ...(await slotsOf(bench, 100))];
    expect(slots.length).toBeLessThanOrEqual(BUDGET.requests);
    expect(Math.max(...slots)).toBeLessThan(nowMs + SLOT_LEAD_MAX_MS + SLOT_HORIZON_MS);
    expect(Math.min(...slots)).toBeGreaterThan(nowMs);
    const wait = await bench.waitOf('one more');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThan(2 * SLOT_HORIZON_MS);
  });

  it('saves nothing up while nobody calls', async () => {
    const bench = createBench(BUDGET);
    await slotsOf(bench, 5);
    await bench.clock.advanceBy(minutes(10));
    const slots = [...(await slotsOf(bench, 150)), ...(await slotsOf(bench, 150))];
    expect(fullestWindow(slots, BUDGET.windowMs)).toBeLessThanOrEqual(BUDGET.requests);
  });

  it('gives one slot to each call of a quiet process, and more once calls follow', async () => {
    const taken: number[] = [];
    const bench = createBench(BUDGET, (store) => ({
      ...store,
      takeSlots: (id, take) => {
        taken.push(
          sum(take.phases.map(({ fromFrame, throughFrame }) => throughFrame - fromFrame + 1)),
        );
        return store.takeSlots(id, take);
      },
    }));
    for (const restMs of [10_000, 10_000, 10_000, 100]) {
      await bench.clock.advanceTo((await bench.take('a')).sendAtMs + restMs);
    }
    expect(taken).toEqual([1, 1, 1, 1]);
    await bench.take('a');
    expect(taken.at(-1)).toBeGreaterThan(1);
  });

  it('grants a slot that is void once it has passed by two spacings', async () => {
    const { sendAtMs, notAfterMs } = await createBench(BUDGET).take('a');
    expect(notAfterMs - sendAtMs).toBeCloseTo(2 * SPACING_MS, 3);
  });

  it('does not use a held slot late: it is left, and the next one taken', async () => {
    const bench = createBench(BUDGET);
    const { clock } = bench;
    const slots: number[] = [];
    for (let call = 0; call < 40; call += 1) {
      const permit = await bench.take('a');
      expect(permit.sendAtMs).toBeGreaterThanOrEqual(clock.nowMs());
      slots.push(permit.sendAtMs);
      await clock.advanceTo(permit.sendAtMs + 150 + 90 * (call % 7));
    }
    expect(new Set(slots).size).toBe(slots.length);
  });

  it('keeps the calls of a process in time for slots, however long it takes to be ready', async () => {
    const bench = createBench(BUDGET);
    for (let call = 0; call < 8; call += 1) {
      const permit = await bench.take('a');
      bench.limiter.becameReady(permit, 260);
      await bench.clock.advanceTo(permit.sendAtMs + 200);
    }
    const { sendAtMs } = await bench.take('a');
    expect(sendAtMs - bench.clock.nowMs()).toBeGreaterThan(260);
  });

  it.each([
    nominalBudget(5, minutes(1)),
    nominalBudget(1, seconds(1)),
    nominalBudget(1_000, seconds(1)),
    nominalBudget(3_000, minutes(60)),
  ])('holds for $name as well', async (budget) => {
    const bench = createBench(budget);
    const slots: number[] = [];
    for (let asked = 0; asked < 60; asked += 1) {
      const answer = await bench.ask('a');
      if (answer.granted) slots.push(answer.permit.sendAtMs);
      const untilMs = answer.granted ? answer.permit.sendAtMs : answer.retryAtMs;
      await bench.clock.advanceTo(untilMs);
    }
    expect(slots.length).toBeGreaterThan(25);
    expect(new Set(slots).size).toBe(slots.length);
    expect(fullestWindow(slots, budget.windowMs)).toBeLessThanOrEqual(budget.requests);
  });
});

describe('two nominal budgets of one call', () => {
  it('give it an instant that both have a slot for', async () => {
    const slow = nominalBudget(5, minutes(1));
    const bench = createBench(BUDGET);
    let granted = 0;
    for (let asked = 0; asked < 30; asked += 1) {
      const answer = await bench.ask('a', { budgets: [BUDGET, slow] });
      if (answer.granted) {
        granted += 1;
        const { sendAtMs, notAfterMs, budgets } = answer.permit;
        expect(budgets).toEqual([slow, BUDGET]);
        expect(notAfterMs - sendAtMs).toBeGreaterThan(0);
        expect(notAfterMs - sendAtMs).toBeLessThanOrEqual(GRANT_TO_SEND_MAX_MS);
      }
      await bench.clock.advanceTo(answer.granted ? answer.permit.sendAtMs : answer.retryAtMs);
    }
    expect(granted).toBeGreaterThan(5);
  });
});

describe('a lower limit that the vendor told', () => {
  const lower = 10;

  it('is the grid of every process once the old slots have passed', async () => {
    const bench = createBench(BUDGET);
    await slotsOf(bench, 5);
    await bench.limiter.learn(BUDGET, lower);
    expect(await slotsOf(bench, 5)).toEqual([]);
    await bench.clock.advanceBy(seconds(3));
    const slots = [...(await slotsOf(bench, 30)), ...(await slotsOf(bench, 30))];
    expect(slots).toHaveLength(lower);
    expect(slots.every((atMs) => atMs % 100 === 0)).toBe(true);
  });

  it('makes the slots void that a process holds', async () => {
    const bench = createBench(BUDGET);
    for (let call = 0; call < 5; call += 1) {
      const { sendAtMs } = await bench.take('a');
      await bench.clock.advanceTo(sendAtMs + 100);
    }
    await bench.limiter.learn(BUDGET, lower);
    expect(await bench.ask('a')).toMatchObject({ granted: false, reason: 'permit' });
  });

  it('is forgotten once the vendor names one that is not lower', async () => {
    const bench = createBench(BUDGET);
    await bench.limiter.learn(BUDGET, lower);
    await bench.limiter.learn(BUDGET, 100);
    expect((await bench.limiter.read(BUDGET)).learnedRequests).toBeUndefined();
    expect((await slotsOf(bench, 50)).length).toBeGreaterThan(40);
  });

  it('leaves room for riders, which the vendor counts as well', async () => {
    const carrier = { ...BUDGET, carriedRequests: 5 };
    const bench = createBench(carrier);
    await bench.limiter.learn(carrier, 98);
    expect((await bench.limiter.read(carrier)).learnedRequests).toBeUndefined();
    await bench.limiter.learn(carrier, 95);
    expect((await bench.limiter.read(carrier)).learnedRequests).toBe(95);
    await bench.limiter.learn(carrier, 15);
    const slots = [...(await slotsOf(bench, 30, carrier)), ...(await slotsOf(bench, 30, carrier))];
    expect(slots).toHaveLength(lower);
  });

  it('holds for a strict budget too, down to one call', async () => {
    const strict = { ...BUDGET, mode: 'strict' } as const;
    const bench = createBench(strict);
    await bench.limiter.learn(strict, 2);
    await bench.take('a');
    await bench.take('b');
    expect(await bench.ask('a')).toMatchObject({ granted: false, reason: 'permit' });
    await bench.clock.advanceBy(seconds(60));
    await bench.limiter.learn(strict, 0);
    await bench.take('a');
    expect(await bench.ask('a')).toMatchObject({ granted: false });
  });
});
