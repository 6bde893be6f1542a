/**
 * Nominal budgets: calls lie on the slots of a grid. A process whose calls follow each other takes
 * several slots in one write and then calls without writing.
 *
 * Guarantees: a slot is given once; a slot that has passed is never used late, the next one is; nobody
 * is given a slot after the budget was blocked or paused, for its item is read each time.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { chooseSlots } from './choose-slots.ts';
import { assertTrusted, type ClockWatch } from './clock-watch.ts';
import { readBudget } from './compare-and-set.ts';
import { pausedRetryAtMs } from './paused-retry.ts';
import { findFreeSlots, frameMsOf, nextFreeAtMs, type SlotGrid } from './slot-grid.ts';
import type { SlotMemory } from './slot-memory.ts';
import {
  CLOCK_ALLOWANCE_MS,
  GRANT_TO_SEND_MAX_MS,
  SLOT_HORIZON_MS,
  SLOT_LATE_MS,
  SLOT_LEAD_MAX_MS,
} from './timings.ts';
import { requestsAllowed, type WaitReason } from './window.ts';

export interface NominalDeps {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly memoryOf: (budgetId: string) => SlotMemory;
  readonly watch: ClockWatch;
}

export interface BudgetDenial {
  readonly granted: false;
  readonly reason: WaitReason;
  readonly retryAtMs: number;
}

/** What one budget says to an asker. */
export type BudgetAnswer =
  | {
      readonly granted: true;
      readonly askedAtMs: number;
      readonly sendAtMs: number;
      readonly notAfterMs: number;
    }
  | BudgetDenial;

/** Lost races for slots before the asker is sent away for a moment. */
const RACES_MAX = 8;

/** A slot that is not before `fromMs`, which other budgets of the call may demand. */
export async function reserveNominal(
  deps: NominalDeps,
  budget: Budget,
  fromMs: number,
): Promise<BudgetAnswer> {
  const { store, clock, random } = deps;
  const memory = deps.memoryOf(budget.id);
  memory.asked(clock.nowMs());
  let state = await readBudget(store, budget.id);
  assertTrusted(deps.watch);
  for (let race = 0; race < RACES_MAX; race += 1) {
    const nowMs = clock.nowMs();
    const stop = findStop(state, nowMs, random);
    if (stop) return stop;
    const spacingMs = budget.windowMs / requestsAllowed(budget, state);
    const grid = state.grid ?? { spacingMs, startsAtMs: 0, takenThrough: {} };
    if (grid.spacingMs !== spacingMs) return changeGrid(deps, budget, grid, spacingMs);
    const readyAtMs = Math.max(nowMs + memory.leadMs(), fromMs);
    const heldAtMs = memory.takeHeld(spacingMs, readyAtMs);
    if (heldAtMs !== undefined) return granted(nowMs, spacingMs, heldAtMs);
    const free = findFreeSlots(grid, { fromMs: readyAtMs, endMs: readyAtMs + SLOT_HORIZON_MS });
    if (free.length === 0) {
      const opensAtMs = nextFreeAtMs(grid, readyAtMs) - memory.leadMs() - SLOT_HORIZON_MS;
      return { granted: false, reason: 'permit', retryAtMs: soonAfter(opensAtMs, nowMs, random) };
    }
    const choices = Math.min(memory.choices() * 2 ** race, free.length);
    const skip = Math.floor(random() * choices);
    const wish = { ...memory.expected(), skip, lostRaces: race };
    const phases = chooseSlots(spacingMs, free, wish);
    const answer = await store.takeSlots(budget.id, { nowMs, spacingMs, phases });
    if (answer.taken) {
      memory.lostRaces(race);
      memory.hold(spacingMs, phases);
      const atMs = memory.takeHeld(spacingMs, readyAtMs);
      if (atMs !== undefined) return granted(nowMs, spacingMs, atMs);
    } else state = answer.state;
  }
  memory.lostRaces(RACES_MAX);
  const retryAtMs = soonAfter(clock.nowMs(), clock.nowMs(), random);
  return { granted: false, reason: 'contended', retryAtMs };
}

/** The denial of a budget that is blocked or paused; undefined where it is neither. */
export function findStop(
  { pausedSinceMs, blockedUntilMs }: BudgetState,
  nowMs: number,
  random: Random,
): BudgetDenial | undefined {
  if (pausedSinceMs !== undefined) {
    const againAtMs = pausedRetryAtMs(pausedSinceMs, nowMs);
    return { granted: false, reason: 'paused', retryAtMs: soonAfter(againAtMs, nowMs, random) };
  }
  if (blockedUntilMs <= nowMs) return undefined;
  return { granted: false, reason: 'blocked', retryAtMs: soonAfter(blockedUntilMs, nowMs, random) };
}

/** Spreads the refused, so that they do not come back together. */
const soonAfter = (atMs: number, nowMs: number, random: Random): number =>
  Math.max(atMs, nowMs) + 5 + random() * 200;

function granted(askedAtMs: number, spacingMs: number, atMs: number): BudgetAnswer {
  const lateMs = Math.min(Math.max(2 * spacingMs, SLOT_LATE_MS), GRANT_TO_SEND_MAX_MS);
  return { granted: true, askedAtMs, sendAtMs: atMs, notAfterMs: atMs + lateMs };
}

/**
 * The limit in force is another one. The new grid starts where the last slot that can have been given
 * of the old one has passed; held slots of the old one are void from now on, as all read the item.
 */
async function changeGrid(
  { store, clock, random }: NominalDeps,
  budget: Budget,
  old: SlotGrid,
  spacingMs: number,
): Promise<BudgetDenial> {
  const nowMs = clock.nowMs();
  const lastGivenMs =
    nowMs + SLOT_LEAD_MAX_MS + Math.max(SLOT_HORIZON_MS, frameMsOf(old.spacingMs));
  const startsAtMs = Math.ceil(
    lastGivenMs + CLOCK_ALLOWANCE_MS + Math.max(old.spacingMs, spacingMs),
  );
  // Another's change that has not begun yet is left to begin: two that disagree must not starve.
  const changing = old.startsAtMs > nowMs;
  if (!changing) {
    await store.changeGrid(budget.id, { fromSpacingMs: old.spacingMs, spacingMs, startsAtMs });
  }
  const opensAtMs = (changing ? old.startsAtMs : startsAtMs) - SLOT_HORIZON_MS;
  return { granted: false, reason: 'permit', retryAtMs: soonAfter(opensAtMs, nowMs, random) };
}
