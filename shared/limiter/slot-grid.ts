/**
 * The slots of a nominal budget: instants `spacingMs` apart on one grid that all workers share, counted
 * from the epoch, so that nobody has to say where it lies.
 *
 * Slots come in frames of about a second. Slot `p` of every frame is one phase, and a phase is what is
 * taken: from one frame through another. A worker that makes a call each third of a second holds three
 * phases for a few frames; what the item has to remember is one number for each phase.
 */
import { SLOT_HORIZON_MS } from './timings.ts';

/** As the budget's item remembers it. */
export interface SlotGrid {
  readonly spacingMs: number;
  /** Slots before this instant are not given: they may lie beside slots of the grid before this one. */
  readonly startsAtMs: number;
  /** The last frame, by phase, in which it is taken; a phase that was never taken is not there. */
  readonly takenThrough: Readonly<Record<string, number>>;
}

export interface Slot {
  readonly atMs: number;
  readonly phase: number;
  readonly frame: number;
}

/** Keeps the item near 1 KB, which is one write unit, however high the limit. */
const PHASES_MAX = 100;

/** Of spacings like 1000 / 93, whose multiples are not exact. */
const ROUNDING = 1e-6;

export const phasesOf = (spacingMs: number): number =>
  Math.min(PHASES_MAX, Math.max(1, Math.floor(SLOT_HORIZON_MS / spacingMs + ROUNDING)));

export const frameMsOf = (spacingMs: number): number => phasesOf(spacingMs) * spacingMs;

export const slotAtMs = (spacingMs: number, phase: number, frame: number): number =>
  (frame * phasesOf(spacingMs) + phase) * spacingMs;

/** The free slots from `fromMs` to before `endMs`, the soonest of each phase, ascending. */
export function findFreeSlots(
  grid: SlotGrid,
  { fromMs, endMs }: { readonly fromMs: number; readonly endMs: number },
): readonly Slot[] {
  const { spacingMs, startsAtMs, takenThrough } = grid;
  const phases = phasesOf(spacingMs);
  const first = Math.ceil(Math.max(fromMs, startsAtMs) / spacingMs - ROUNDING);
  return Array.from({ length: phases }, (_, n) => {
    const frame = Math.floor((first + n) / phases);
    const phase = (first + n) % phases;
    return { atMs: (first + n) * spacingMs, phase, frame };
  }).filter(({ atMs, phase, frame }) => atMs < endMs && !isTaken(takenThrough, phase, frame));
}

/** The instant of the next slot of any phase that nobody has taken yet, after `fromMs`. */
export function nextFreeAtMs(grid: SlotGrid, fromMs: number): number {
  const { spacingMs, takenThrough } = grid;
  const phases = phasesOf(spacingMs);
  const first = Math.ceil(Math.max(fromMs, grid.startsAtMs) / spacingMs - ROUNDING);
  const instants = Array.from({ length: phases }, (_, n) => {
    const phase = (first + n) % phases;
    const soonest = Math.floor((first + n) / phases);
    const frame = Math.max(soonest, (takenThrough[phase] ?? 0) + 1);
    return slotAtMs(spacingMs, phase, frame);
  });
  return Math.min(...instants);
}

export const isTaken = (
  takenThrough: SlotGrid['takenThrough'],
  phase: number,
  frame: number,
): boolean => (takenThrough[phase] ?? Number.NEGATIVE_INFINITY) >= frame;
