import { describe, expect, it } from 'vitest';
import { emptyBudgetState } from '../../shared/limiter/budget-state.ts';
import type { BudgetStore, PhaseTake, SlotTake } from '../../shared/limiter/budget-store.ts';

const ID = 'automox/acme/account';
const NOW_MS = 1_772_330_400_000;
const SPACING_MS = 1_000 / 93;
const FRAME = 1_772_330_401;

const take = (...phases: readonly PhaseTake[]): SlotTake => ({
  nowMs: NOW_MS,
  spacingMs: SPACING_MS,
  phases,
});
const one = (phase: number, fromFrame = FRAME, throughFrame = fromFrame): PhaseTake => ({
  phase,
  fromFrame,
  throughFrame,
});

type OpenStore = () => Promise<BudgetStore>;

/** How every BudgetStore gives the slots of a nominal budget. `openStore` gives an empty one. */
export function describeBudgetSlots(name: string, openStore: OpenStore): void {
  describeTaking(name, openStore);
  describeRefusals(name, openStore);
  describeGrid(name, openStore);
  describeBesideState(name, openStore);
}

function describeTaking(name: string, openStore: OpenStore): void {
  describe(`${name}: takeSlots`, () => {
    it('remembers of each phase the last frame in which it is taken', async () => {
      const store = await openStore();
      expect(await store.takeSlots(ID, take(one(0), one(92, FRAME, FRAME + 5)))).toEqual({
        taken: true,
      });
      expect((await store.find(ID))?.grid).toEqual({
        spacingMs: SPACING_MS,
        startsAtMs: 0,
        takenThrough: { 0: FRAME, 92: FRAME + 5 },
      });
    });

    it('takes a phase again from the frame after the last one', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(7, FRAME, FRAME + 2)));
      const again = await store.takeSlots(ID, take(one(7, FRAME + 3)));
      expect(again).toEqual({ taken: true });
    });

    it('gives each slot to one of 64 that want it at once', async () => {
      const store = await openStore();
      const wanted = Array.from({ length: 64 }, (_, n) => n % 16);
      const answers = await Promise.all(
        wanted.map((phase) => store.takeSlots(ID, take(one(phase)))),
      );
      const winners = wanted.filter((_, n) => answers[n]?.taken);
      expect(winners.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, n) => n));
    });
  });
}

function describeRefusals(name: string, openStore: OpenStore): void {
  describe(`${name}: takeSlots, refused`, () => {
    it('takes none where one of them is taken, and answers which are', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(1, FRAME, FRAME + 1)));
      const refused = await store.takeSlots(ID, take(one(0), one(1, FRAME + 1)));
      const takenThrough = { 1: FRAME + 1 };
      const grid = { spacingMs: SPACING_MS, startsAtMs: 0, takenThrough };
      expect(refused).toEqual({ taken: false, state: { ...emptyBudgetState, grid } });
      expect((await store.find(ID))?.grid).toEqual(grid);
    });

    it('refuses until the instant to which the budget is blocked', async () => {
      const store = await openStore();
      const blocked = { ...emptyBudgetState, version: 1, blockedUntilMs: NOW_MS + 1 };
      await store.replace(ID, blocked, 0);
      expect(await store.takeSlots(ID, take(one(0)))).toEqual({ taken: false, state: blocked });
      const later = await store.takeSlots(ID, { ...take(one(0)), nowMs: NOW_MS + 1 });
      expect(later).toEqual({ taken: true });
    });

    it('refuses while the budget is paused, and gives again once it is resumed', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(0)));
      await store.replace(ID, { ...emptyBudgetState, version: 1, pausedSinceMs: NOW_MS }, 0);
      const refused = await store.takeSlots(ID, take(one(1)));
      expect(refused).toMatchObject({ taken: false, state: { pausedSinceMs: NOW_MS } });
      await store.replace(ID, { ...emptyBudgetState, version: 2 }, 1);
      expect(await store.takeSlots(ID, take(one(1)))).toEqual({ taken: true });
    });

    it('refuses the slots of another grid than the one it has', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(0)));
      const refused = await store.takeSlots(ID, { ...take(one(1)), spacingMs: 20 });
      expect(refused).toMatchObject({ taken: false, state: { grid: { spacingMs: SPACING_MS } } });
    });
  });
}

function describeGrid(name: string, openStore: OpenStore): void {
  describe(`${name}: changeGrid`, () => {
    it('lays a grid of which nothing is taken', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(0), one(40), one(92)));
      const grid = { spacingMs: 20, startsAtMs: NOW_MS + 1_800, takenThrough: {} };
      await store.changeGrid(ID, {
        fromSpacingMs: SPACING_MS,
        spacingMs: grid.spacingMs,
        startsAtMs: grid.startsAtMs,
      });
      expect((await store.find(ID))?.grid).toEqual(grid);
    });

    it('does nothing where another was faster', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(0)));
      const before = await store.find(ID);
      await store.changeGrid(ID, { fromSpacingMs: 25, spacingMs: 20, startsAtMs: NOW_MS });
      await store.changeGrid('automox/globex/account', {
        fromSpacingMs: 25,
        spacingMs: 20,
        startsAtMs: NOW_MS,
      });
      expect(await store.find(ID)).toEqual(before);
      expect(await store.find('automox/globex/account')).toBeUndefined();
    });
  });
}

function describeBesideState(name: string, openStore: OpenStore): void {
  describe(`${name}: slots and state`, () => {
    it('keeps what is taken when the state is replaced', async () => {
      const store = await openStore();
      await store.takeSlots(ID, take(one(3)));
      const before = await store.find(ID);
      const grid = { spacingMs: 5, startsAtMs: 0, takenThrough: {} };
      await store.replace(ID, { ...emptyBudgetState, version: 1, grid }, 0);
      expect(await store.find(ID)).toEqual({ ...before, version: 1 });
    });

    it('keeps version and state when slots are taken', async () => {
      const store = await openStore();
      const state = { ...emptyBudgetState, version: 1, holds: [{ freeAtMs: 3, count: 2 }] };
      await store.replace(ID, state, 0);
      await store.takeSlots(ID, take(one(3)));
      expect(await store.find(ID)).toMatchObject({
        ...state,
        grid: { takenThrough: { 3: FRAME } },
      });
      expect(await store.replace(ID, { ...state, version: 2 }, 1)).toEqual({ stored: true });
    });
  });
}
