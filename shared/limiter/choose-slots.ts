/**
 * Which free slots a worker takes in one write, as a pure function.
 *
 * Where slots are plenty it takes them four times as densely as it calls, so that one is always near:
 * what is left unused lapses, and nobody misses it. Where they are scarce it takes one for each call,
 * as far apart as its slower calls follow each other, so that hardly any lapses.
 */
import { invariant } from '../kernel/invariant.ts';
import type { PhaseTake } from './budget-store.ts';
import { frameMsOf, phasesOf, type Slot } from './slot-grid.ts';
import { SLOT_HORIZON_MS } from './timings.ts';

export interface SlotWish {
  /** How many calls are expected to follow, this one included. */
  readonly calls: number;
  /** How soon one follows the other. */
  readonly cadenceMs: number;
  /** How many of the free slots to pass over, so that workers that ask together do not collide. */
  readonly skip: number;
  /** How often others were faster: the more slots are wanted at once, the likelier one of them is gone. */
  readonly lostRaces: number;
}

/** A dead worker's phases are lost for so long, and a new one waits as long for the first. */
const BLOCK_MS = 6 * SLOT_HORIZON_MS;

const PLENTY_SHARE = 0.5;
const DENSITY = 4;

/** Keeps the update expression well below the 4 KB of DynamoDB. */
const PHASES_MAX = 24;

/** `free`: ascending and not empty. */
export function chooseSlots(
  spacingMs: number,
  free: readonly Slot[],
  { calls, cadenceMs, skip, lostRaces }: SlotWish,
): readonly PhaseTake[] {
  const first = free[Math.min(skip, free.length - 1)];
  invariant(first !== undefined, 'there is a free slot to choose');
  const frameMs = frameMsOf(spacingMs);
  const single = calls === 1 || cadenceMs >= frameMs;
  if (single) return [{ phase: first.phase, fromFrame: first.frame, throughFrame: first.frame }];
  const density = free.length > PLENTY_SHARE * phasesOf(spacingMs) ? DENSITY : 1;
  const chosen = chooseApart(free.slice(free.indexOf(first)), {
    apartMs: cadenceMs / density,
    frameMs,
    countMax: Math.max(1, Math.min(PHASES_MAX, calls * density) >> lostRaces),
  });
  const callsAFrame = Math.min(chosen.length, Math.floor(frameMs / cadenceMs));
  const frames = Math.min(
    Math.ceil(calls / callsAFrame),
    Math.max(1, Math.floor(BLOCK_MS / frameMs)),
  );
  return chosen.map(({ phase, frame }) => ({
    phase,
    fromFrame: frame,
    throughFrame: frame + frames - 1,
  }));
}

/** As many as fit, from the first on, so that the first of the next frame is as far away as well. */
function chooseApart(
  slots: readonly Slot[],
  rule: { readonly apartMs: number; readonly frameMs: number; readonly countMax: number },
): readonly Slot[] {
  const chosen: Slot[] = [];
  for (const slot of slots) {
    const first = chosen[0] ?? slot;
    const previous = chosen.at(-1);
    if (chosen.length === rule.countMax) break;
    if (slot.atMs > first.atMs + rule.frameMs - rule.apartMs) break;
    if (!previous || slot.atMs >= previous.atMs + rule.apartMs) chosen.push(slot);
  }
  return chosen;
}
