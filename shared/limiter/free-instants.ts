/** When permits come free: what appointments are booked by. An estimate; grants never rest on it. */
import type { Budget } from './budget.ts';
import type { BudgetState, OpenPermit } from './budget-state.ts';
import { CLOCK_ALLOWANCE_MS, USUAL_CALL_MS } from './timings.ts';

/**
 * The instant at which the permit of each place in the line comes free, ascending; beyond the last,
 * a permit is expected again one cycle after it was last free. `limit` is the limit in force.
 */
export function freeInstants(
  budget: Budget,
  state: BudgetState,
  limit: number,
  nowMs: number,
): (place: number) => number {
  const spanMs = budget.windowMs + CLOCK_ALLOWANCE_MS;
  const held = [
    ...state.holds.flatMap(({ freeAtMs, count }) => Array<number>(count).fill(freeAtMs)),
    ...Object.values(state.open).map((permit) => expectedFreeAtMs(permit, nowMs + spanMs)),
  ].sort((a, b) => a - b);
  const beyondLimit = Math.max(0, held.length - limit);
  const unused = Array<number>(Math.max(0, limit - held.length)).fill(nowMs);
  const instants = [...unused, ...held.slice(beyondLimit)].map((atMs) =>
    Math.max(atMs, state.blockedUntilMs),
  );
  const cycleMs = spanMs + USUAL_CALL_MS;
  return (place) => (instants[place % limit] ?? nowMs) + Math.floor(place / limit) * cycleMs;
}

/** A call that is unanswered now cannot come free before `unansweredMs`; a lost one does at its bound. */
const expectedFreeAtMs = (permit: OpenPermit, unansweredMs: number): number =>
  Math.min(permit.freeAtMs, Math.max(permit.likelyFreeAtMs, unansweredMs));
