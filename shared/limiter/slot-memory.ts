/**
 * What one process knows of one nominal budget: the slots it holds, how its calls follow each other,
 * and how long they take to become ready. All of it may be forgotten at any time: slots that are held
 * and not used lapse by themselves.
 */
import { seconds } from '../kernel/duration.ts';
import type { PhaseTake } from './budget-store.ts';
import { slotAtMs } from './slot-grid.ts';
import { SLOT_LEAD_MAX_MS } from './timings.ts';

export interface SlotMemory {
  /** A call is asked for. */
  asked(nowMs: number): void;
  hold(spacingMs: number, phases: readonly PhaseTake[]): void;
  /** The soonest held slot from `fromMs` on, which is then no longer held. Forgets all before. */
  takeHeld(spacingMs: number, fromMs: number): number | undefined;
  /** A call was ready to be sent so long after it had been asked for. */
  becameReady(afterMs: number): void;
  /** How long after now a call that is asked for now is expected to be ready. */
  leadMs(): number;
  /** A write was refused so often, for others had taken one of its slots. */
  lostRaces(count: number): void;
  /** Among how many slots to choose the first, so that workers that ask together do not collide. */
  choices(): number;
  /** How many calls to expect, the present one included, and how soon one follows the other. */
  expected(): { readonly calls: number; readonly cadenceMs: number };
}

/** A process that has not called for so long starts anew with one slot. */
const QUIET_MS = seconds(2);

/** Before anything is known: a new connection, say. */
const FIRST_LEAD_MS = 100;
const LEAD_SPARE_MS = 5;
const LEADS_KEPT = 8;

const CHOICES_MIN = 4;
const CHOICES_MAX = 128;

const GAPS_KEPT = 32;
/** The slowest calls of twenty would make all wait for slots that few need. */
const GAP_SHARE = 0.95;
const GAP_SPARE = 1.1;
const CALLS_MAX = 12;

export function createSlotMemory(): SlotMemory {
  const gapsMs: number[] = [];
  const leadsMs: number[] = [];
  let held: { readonly spacingMs: number; readonly atMs: readonly number[] } | undefined;
  let lastSlotMs: number | undefined;
  let lastAskedMs = 0;
  /** Calls that followed each other without a quiet time between. */
  let row = 0;
  let choices = CHOICES_MIN;
  const leadMs = (): number =>
    Math.min(
      SLOT_LEAD_MAX_MS,
      LEAD_SPARE_MS + Math.max(...(leadsMs.length ? leadsMs : [FIRST_LEAD_MS])),
    );
  return {
    asked(nowMs) {
      if (nowMs - Math.max(lastAskedMs, lastSlotMs ?? 0) > QUIET_MS) row = 0;
      else if (lastSlotMs !== undefined) {
        row += 1;
        remember(gapsMs, Math.max(0, nowMs - lastSlotMs), GAPS_KEPT);
      }
      lastAskedMs = nowMs;
      lastSlotMs = undefined;
    },
    hold(spacingMs, phases) {
      const atMs = [
        ...heldOf(held, spacingMs),
        ...phases.flatMap((it) => instantsOf(spacingMs, it)),
      ];
      held = { spacingMs, atMs: atMs.sort((a, b) => a - b) };
    },
    takeHeld(spacingMs, fromMs) {
      const [next, ...later] = heldOf(held, spacingMs).filter((atMs) => atMs >= fromMs);
      held = { spacingMs, atMs: later };
      if (next !== undefined) lastSlotMs = next;
      return next;
    },
    becameReady: (afterMs) => remember(leadsMs, afterMs, LEADS_KEPT),
    leadMs,
    lostRaces(count) {
      const next = count === 0 ? choices / 2 : choices * 2 ** count;
      choices = Math.min(Math.max(next, CHOICES_MIN), CHOICES_MAX);
    },
    choices: () => choices,
    expected: () => ({
      calls: Math.min(2 ** row, CALLS_MAX),
      cadenceMs: GAP_SPARE * gapOfMost(gapsMs) + leadMs(),
    }),
  };
}

function remember(values: number[], value: number, kept: number): void {
  values.push(value);
  if (values.length > kept) values.shift();
}

/** Slots of another grid are void. */
const heldOf = (
  held: { readonly spacingMs: number; readonly atMs: readonly number[] } | undefined,
  spacingMs: number,
): readonly number[] => (held?.spacingMs === spacingMs ? held.atMs : []);

const instantsOf = (spacingMs: number, { phase, fromFrame, throughFrame }: PhaseTake): number[] =>
  Array.from({ length: throughFrame - fromFrame + 1 }, (_, n) =>
    slotAtMs(spacingMs, phase, fromFrame + n),
  );

function gapOfMost(gapsMs: readonly number[]): number {
  const ascending = gapsMs.toSorted((a, b) => a - b);
  return ascending[Math.ceil(GAP_SHARE * ascending.length) - 1] ?? 0;
}
