import { describe, expect, it } from 'vitest';
import { emptyBudgetState } from '../../shared/limiter/budget-state.ts';
import type { BudgetStore, PointerReserved } from '../../shared/limiter/budget-store.ts';

const ID = 'automox/acme/account';
const NOW_MS = 1_772_330_400_000;
const SPACING_MS = 12.5;
const request = { nowMs: NOW_MS, spacingMs: SPACING_MS, horizonMs: 1_000 };

/** How every BudgetStore moves the pointer of a nominal budget. `openStore` gives an empty one. */
export function describeBudgetPointer(name: string, openStore: () => Promise<BudgetStore>): void {
  describeSlots(name, openStore);
  describeRefusals(name, openStore);
  describeBesideState(name, openStore);
}

function describeSlots(name: string, openStore: () => Promise<BudgetStore>): void {
  describe(`${name}: reservePointer`, () => {
    it('gives now to the first, and each next slot one spacing later', async () => {
      const store = await openStore();
      const slots = [await reserve(store), await reserve(store), await reserve(store)];
      expect(slots).toEqual([NOW_MS, NOW_MS + SPACING_MS, NOW_MS + 2 * SPACING_MS]);
      expect((await store.find(ID))?.pointerAtMs).toBe(NOW_MS + 3 * SPACING_MS);
    });

    it('gives now again once the pointer lies in the past: idle time is not saved up', async () => {
      const store = await openStore();
      await reserve(store);
      expect(await reserve(store, { nowMs: NOW_MS + 60_000 })).toBe(NOW_MS + 60_000);
      expect(await reserve(store, { nowMs: NOW_MS + 60_000 })).toBe(NOW_MS + 60_000 + SPACING_MS);
    });

    it('gives the pointer where it is exactly now', async () => {
      const store = await openStore();
      await reserve(store);
      const nowMs = NOW_MS + SPACING_MS;
      expect([await reserve(store, { nowMs }), await reserve(store, { nowMs })]).toEqual([
        nowMs,
        nowMs + SPACING_MS,
      ]);
    });

    it('gives 64 at once distinct slots with gaps of exactly one spacing', async () => {
      const store = await openStore();
      const slots = await Promise.all(Array.from({ length: 64 }, () => reserve(store)));
      expect(slots.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 64 }, (_, n) => NOW_MS + n * SPACING_MS),
      );
    });
  });
}

function describeRefusals(name: string, openStore: () => Promise<BudgetStore>): void {
  describe(`${name}: reservePointer, refused`, () => {
    it('never lets the pointer pass the horizon', async () => {
      const store = await openStore();
      const near = { ...request, horizonMs: 2 * SPACING_MS };
      await store.reservePointer(ID, near);
      await store.reservePointer(ID, near);
      const refused = await store.reservePointer(ID, near);
      const pointerAtMs = NOW_MS + 2 * SPACING_MS;
      expect(refused).toEqual({ reserved: false, state: { ...emptyBudgetState, pointerAtMs } });
    });

    it('refuses until the instant to which the budget is blocked', async () => {
      const store = await openStore();
      const blocked = { ...emptyBudgetState, version: 1, blockedUntilMs: NOW_MS + 1 };
      await store.replace(ID, blocked, 0);
      const refused = await store.reservePointer(ID, request);
      expect(refused).toEqual({ reserved: false, state: blocked });
      expect(await reserve(store, { nowMs: NOW_MS + 1 })).toBe(NOW_MS + 1);
    });

    it('refuses while the budget is paused, and gives again once it is resumed', async () => {
      const store = await openStore();
      await reserve(store);
      const paused = { ...emptyBudgetState, version: 1, pausedSinceMs: NOW_MS };
      await store.replace(ID, paused, 0);
      const refused = await store.reservePointer(ID, request);
      expect(refused).toMatchObject({ reserved: false, state: { pausedSinceMs: NOW_MS } });
      await store.replace(ID, { ...emptyBudgetState, version: 2 }, 1);
      expect(await reserve(store)).toBe(NOW_MS + SPACING_MS);
    });
  });
}

function describeBesideState(name: string, openStore: () => Promise<BudgetStore>): void {
  describe(`${name}: pointer and state`, () => {
    it('keeps the pointer where it is when the state is replaced', async () => {
      const store = await openStore();
      await reserve(store);
      await store.replace(ID, { ...emptyBudgetState, version: 1, pointerAtMs: 5 }, 0);
      expect(await store.find(ID)).toEqual({
        ...emptyBudgetState,
        version: 1,
        pointerAtMs: NOW_MS + SPACING_MS,
      });
    });

    it('keeps version and state when the pointer is moved', async () => {
      const store = await openStore();
      const state = { ...emptyBudgetState, version: 1, holds: [{ freeAtMs: 3, count: 2 }] };
      await store.replace(ID, state, 0);
      await reserve(store);
      expect(await store.find(ID)).toEqual({ ...state, pointerAtMs: NOW_MS + SPACING_MS });
      expect(await store.replace(ID, { ...state, version: 2 }, 1)).toEqual({ stored: true });
    });
  });
}

const reserve = async (store: BudgetStore, at: Partial<typeof request> = {}): Promise<number> =>
  slotOf(await store.reservePointer(ID, { ...request, ...at }));

function slotOf(answer: PointerReserved): number {
  if (!answer.reserved) throw new Error(`refused: ${JSON.stringify(answer.state)}`);
  return answer.atMs;
}
