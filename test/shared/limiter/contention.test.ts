import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/kernel/duration.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import type { BudgetStore } from '../../../shared/limiter/budget-store.ts';
import type { Acquisition } from '../../../shared/limiter/limiter.ts';
import { countHeld } from '../../../shared/limiter/window.ts';
import { type Bench, createBench } from './model/bench.ts';
import { strictBudget } from './model/sample-budgets.ts';

const BUDGET = strictBudget(5, minutes(1));
const WORKERS = 50;

/** Before and after each call other workers get a turn, a few times or not at all. */
function interleaved(store: BudgetStore, seed: number): BudgetStore {
  const random = seededRandom(seed);
  const yielding = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let turns = Math.floor(random() * 6); turns > 0; turns -= 1) await Promise.resolve();
    const answer = await call();
    for (let turns = Math.floor(random() * 6); turns > 0; turns -= 1) await Promise.resolve();
    return answer;
  };
  return {
    find: (id) => yielding(() => store.find(id)),
    replace: (id, next, version) => yielding(() => store.replace(id, next, version)),
    takeSlots: (id, take) => yielding(() => store.takeSlots(id, take)),
    changeGrid: (id, change) => yielding(() => store.changeGrid(id, change)),
  };
}

const answersOf = (bench: Bench, groups: readonly string[]): Promise<Acquisition[]> =>
  Promise.all(groups.map((group) => bench.ask(group, { token: `token of ${group}` })));

const groups = Array.from({ length: WORKERS }, (_, n) => `group ${n}`);

describe('fifty workers on one budget at one instant', () => {
  const property = (check: (bench: Bench) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(fc.nat(), (seed) =>
        check(createBench(BUDGET, (store) => interleaved(store, seed))),
      ),
      { seed: 20_260_301, numRuns: 6 },
    );

  it('are given exactly as many permits as there are, however their calls interleave', () =>
    property(async (bench) => {
      const answers = await answersOf(bench, groups);
      expect(answers.filter(({ granted }) => granted)).toHaveLength(BUDGET.requests);
      expect(countHeld(await bench.limiter.read(BUDGET))).toBe(BUDGET.requests);
    }));

  it('are given the same permits again when they ask again with the same tokens', () =>
    property(async (bench) => {
      const first = await answersOf(bench, groups);
      const holders = groups.filter((_, n) => first[n]?.granted);
      const again = await answersOf(bench, holders);
      expect(again.every(({ granted }) => granted)).toBe(true);
      expect(countHeld(await bench.limiter.read(BUDGET))).toBe(BUDGET.requests);
    }));

  it('are invited to come back by as many as permits come free, in the end all of them', () =>
    property(async (bench) => {
      const waits: number[] = [];
      for (let asking: readonly string[] = groups; asking.length > 0; ) {
        const answers = await answersOf(bench, asking);
        const contended = answers.map((it) => !it.granted && it.reason === 'contended');
        for (const [n, answer] of answers.entries()) {
          if (!answer.granted && !contended[n]) waits.push(answer.retryAtMs);
        }
        asking = asking.filter((_, n) => contended[n]);
      }
      const byInstant = Map.groupBy(waits, (atMs) => atMs);
      expect(waits).toHaveLength(WORKERS - BUDGET.requests);
      for (const invited of byInstant.values()) expect(invited).toHaveLength(BUDGET.requests);
    }));

  it('all settle, and none of them loses the count of another', () =>
    property(async (bench) => {
      const wide = { ...BUDGET, id: 'automox/acme/wide', requests: WORKERS };
      const permits = await Promise.all(
        groups.map(async (group) => {
          for (;;) {
            const answer = await bench.ask(group, { budgets: [wide] });
            if (answer.granted) return answer.permit;
          }
        }),
      );
      await Promise.all(permits.map((permit) => bench.answered(permit)));
      const state = await bench.limiter.read(wide);
      expect(state.open).toEqual({});
      expect(countHeld(state)).toBe(WORKERS);
    }));
});

describe('a worker that loses every race', () => {
  it('is sent away for a moment, without a permit', async () => {
    const bench = createBench(BUDGET, (store) => ({
      ...store,
      replace: async (id) => ({
        stored: false,
        current: (await store.find(id)) ?? emptyBudgetState,
      }),
    }));
    const answer = await bench.ask('a');
    expect(answer).toMatchObject({ granted: false, reason: 'contended', budgetId: BUDGET.id });
    const waitMs = answer.granted ? 0 : answer.retryAtMs - bench.clock.nowMs();
    expect(waitMs).toBeGreaterThanOrEqual(200);
    expect(waitMs).toBeLessThanOrEqual(1_000);
    await expect(bench.limiter.pause(BUDGET)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});
