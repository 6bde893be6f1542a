import { describe, expect, it } from 'vitest';
import { type BudgetState, emptyBudgetState } from '../../shared/limiter/budget-state.ts';
import type { BudgetStore } from '../../shared/limiter/budget-store.ts';

const ID = 'automox/acme/servers.batch';

const fullState: Required<Omit<BudgetState, 'grid'>> = {
  version: 1,
  holds: [{ freeAtMs: 1_772_330_460_000.5, count: 3 }],
  open: { p_1: { freeAtMs: 9, likelyFreeAtMs: 7.25 } },
  appointments: {
    'acme/servers.batch/default/normal/0': { atMs: 4, urgent: true, turn: 3, asked: 2 },
  },
  turn: 2,
  nextTurns: { 'acme/servers.batch/other/normal/0': 4 },
  blockedUntilMs: 1_772_330_400_001,
  pausedSinceMs: 1_772_330_400_000,
  learnedRequests: 4,
  throttledCount: 2,
};

/** What every BudgetStore does besides slots. `openStore` gives an empty one. */
export function describeBudgetStore(name: string, openStore: () => Promise<BudgetStore>): void {
  describeState(name, openStore);
  describeReplace(name, openStore);
}

function describeState(name: string, openStore: () => Promise<BudgetStore>): void {
  describe(`${name}: state`, () => {
    it('finds nothing for a budget that nobody has used', async () => {
      expect(await (await openStore()).find(ID)).toBeUndefined();
    });

    it('gives back every field exactly as it was stored', async () => {
      const store = await openStore();
      expect(await store.replace(ID, fullState, 0)).toEqual({ stored: true });
      expect(await store.find(ID)).toEqual(fullState);
    });

    it('drops what the next state no longer has', async () => {
      const store = await openStore();
      await store.replace(ID, fullState, 0);
      await store.replace(ID, { ...emptyBudgetState, version: 2 }, 1);
      expect(await store.find(ID)).toEqual({ ...emptyBudgetState, version: 2 });
    });

    it('keeps budgets apart', async () => {
      const store = await openStore();
      await store.replace(ID, fullState, 0);
      expect(await store.find('automox/globex/servers.batch')).toBeUndefined();
    });

    it('is not changed by later changes of what it was given or of what it gave', async () => {
      const store = await openStore();
      const holds = [{ freeAtMs: 1, count: 1 }];
      await store.replace(ID, { ...emptyBudgetState, version: 1, holds }, 0);
      holds.pop();
      Object.assign((await store.find(ID)) ?? {}, { blockedUntilMs: 9 });
      expect(await store.find(ID)).toMatchObject({ holds: [{ count: 1 }], blockedUntilMs: 0 });
    });
  });
}

function describeReplace(name: string, openStore: () => Promise<BudgetStore>): void {
  describe(`${name}: replace`, () => {
    it('refuses a state made from a version that has moved on, and answers the present one', async () => {
      const store = await openStore();
      await store.replace(ID, fullState, 0);
      const stale = { ...emptyBudgetState, version: 1 };
      expect(await store.replace(ID, stale, 0)).toEqual({ stored: false, current: fullState });
      expect(await store.find(ID)).toEqual(fullState);
    });

    it('answers an empty state where the version named was never stored', async () => {
      const answer = await (await openStore()).replace(ID, { ...fullState, version: 8 }, 7);
      expect(answer).toEqual({ stored: false, current: emptyBudgetState });
    });

    it('stores exactly the changes it said it stored, of fifty workers at once', async () => {
      const store = await openStore();
      const workers = Array.from({ length: 50 }, (_, worker) => worker);
      const stored = await Promise.all(workers.map((worker) => addHold(store, worker)));
      const state = await store.find(ID);
      const winners = workers.filter((worker) => stored[worker]);
      expect(winners.length).toBeGreaterThanOrEqual(TRIES);
      expect(state?.version).toBe(winners.length);
      expect(state?.holds.map(({ freeAtMs }) => freeAtMs).toSorted((a, b) => a - b)).toEqual(
        winners,
      );
    });
  });
}

/** So few that most workers lose; at least one wins each round of tries. */
const TRIES = 5;

async function addHold(store: BudgetStore, worker: number): Promise<boolean> {
  let state = (await store.find(ID)) ?? emptyBudgetState;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const holds = [...state.holds, { freeAtMs: worker, count: 1 }];
    const next = { ...state, holds, version: state.version + 1 };
    const write = await store.replace(ID, next, state.version);
    if (write.stored) return true;
    state = write.current;
  }
  return false;
}
