/**
 * The exact any-window rule, as pure functions over one budget's state.
 *
 * Guarantees: with `n = requests`, call k+n is granted only after `bound(k) + windowMs + ε`, where
 * bound(k) is the answer of call k, or the last instant at which the vendor could still count it. As a
 * call is counted between its sending and its answer, n+1 counts always span more than a window.
 * A crash leaves the pessimistic bound in place: capacity is lost, the limit is not.
 */
import { sum } from '../kernel/sum.ts';
import { bookAppointment, countDueBefore, dropLapsed } from './appointments.ts';
import type { Budget } from './budget.ts';
import type { BudgetState, Hold } from './budget-state.ts';
import { CLOCK_ALLOWANCE_MS, UNSETTLED_BOUND_MS, USUAL_CALL_MS } from './timings.ts';

export interface WindowRequest {
  readonly nowMs: number;
  /** Names the permit; asking again with the same token never takes a second permit. */
  readonly token: string;
  /** The message group whose head asks. */
  readonly group: string;
  readonly urgent: boolean;
  /** The asker stays awake this long; a turn within it needs no appointment. */
  readonly patienceMs: number;
}

export type WaitReason = 'permit' | 'blocked' | 'paused' | 'contended';

export type WindowDecision =
  /** `next` is absent where the permit is already in the state (a lost answer). */
  | { readonly granted: true; readonly next?: BudgetState }
  | {
      readonly granted: false;
      readonly reason: WaitReason;
      readonly retryAtMs: number;
      /** Present where a new appointment must be stored. */
      readonly next?: BudgetState;
    };

export function decideWindow(
  budget: Budget,
  state: BudgetState,
  request: WindowRequest,
): WindowDecision {
  const { nowMs, token, group } = request;
  if (Object.hasOwn(state.open, token)) return { granted: true };
  const current = dropLapsed(releasePassed(state, nowMs), nowMs);
  if (current.pausedSinceMs !== undefined) {
    return {
      granted: false,
      reason: 'paused',
      retryAtMs: pausedRetryAt(current.pausedSinceMs, nowMs),
    };
  }
  const blocked = current.blockedUntilMs > nowMs;
  const free = requestsAllowed(budget, current) - countHeld(current);
  if (!blocked && free > countDueBefore(current, request)) {
    return { granted: true, next: withPermit(budget, current, request) };
  }
  const reason = blocked ? 'blocked' : 'permit';
  const booked = bookAppointment(current, request, freeInstants(budget, current, nowMs));
  if (booked.kept) return { granted: false, reason, retryAtMs: booked.atMs };
  const appointments = {
    ...current.appointments,
    [group]: { atMs: booked.atMs, urgent: request.urgent },
  };
  return {
    granted: false,
    reason,
    retryAtMs: booked.atMs,
    next: { ...current, appointments, version: state.version + 1 },
  };
}

/** The limit in force: the budget's own, or a lower one that the vendor told us. */
export const requestsAllowed = (budget: Budget, state: BudgetState): number =>
  Math.max(1, Math.min(budget.requests, state.learnedRequests ?? budget.requests));

export const countHeld = (state: BudgetState): number =>
  sum(state.holds.map(({ count }) => count)) + Object.keys(state.open).length;

/** Drops what has come free by `nowMs`. */
export function releasePassed(state: BudgetState, nowMs: number): BudgetState {
  return {
    ...state,
    holds: state.holds.filter(({ freeAtMs }) => freeAtMs > nowMs),
    open: Object.fromEntries(
      Object.entries(state.open).filter(([, { freeAtMs }]) => freeAtMs > nowMs),
    ),
  };
}

/**
 * Replaces the permit's pessimistic bound by `boundAtMs`, the last instant at which the vendor can
 * have counted the call; undefined where it was certainly never sent.
 */
export function settleWindow(
  budget: Budget,
  state: BudgetState,
  settled: { readonly token: string; readonly nowMs: number; readonly boundAtMs?: number },
): BudgetState {
  const { token, nowMs, boundAtMs } = settled;
  const { [token]: _settled, ...open } = state.open;
  const passed = releasePassed({ ...state, open, version: state.version + 1 }, nowMs);
  if (boundAtMs === undefined) return passed;
  const freeAtMs = roundUp(boundAtMs + budget.windowMs + CLOCK_ALLOWANCE_MS, quantumMs(budget));
  return freeAtMs <= nowMs ? passed : { ...passed, holds: addHold(passed.holds, freeAtMs) };
}

/** Nobody calls before `untilMs`; an earlier, longer block stays. */
export const withBlock = (state: BudgetState, untilMs: number): BudgetState => ({
  ...state,
  blockedUntilMs: Math.max(state.blockedUntilMs, untilMs),
});

function withPermit(budget: Budget, state: BudgetState, request: WindowRequest): BudgetState {
  const { [request.group]: _kept, ...appointments } = state.appointments;
  const windowMs = budget.windowMs + CLOCK_ALLOWANCE_MS;
  const permit = {
    freeAtMs: request.nowMs + UNSETTLED_BOUND_MS + windowMs,
    likelyFreeAtMs: request.nowMs + USUAL_CALL_MS + windowMs,
  };
  const open = { ...state.open, [request.token]: permit };
  return { ...state, appointments, open, version: state.version + 1 };
}

/**
 * When each of the budget's permits comes free, ascending; beyond the last, permit i is expected
 * again one cycle after it was last free.
 */
function freeInstants(budget: Budget, state: BudgetState, nowMs: number): (rank: number) => number {
  const limit = requestsAllowed(budget, state);
  const held = [
    ...state.holds.flatMap(({ freeAtMs, count }) => Array<number>(count).fill(freeAtMs)),
    ...Object.values(state.open).map(({ likelyFreeAtMs }) => Math.max(likelyFreeAtMs, nowMs)),
  ].sort((a, b) => a - b);
  const beyondLimit = Math.max(0, held.length - limit);
  const unused = Array<number>(Math.max(0, limit - held.length)).fill(nowMs);
  const instants = [...unused, ...held.slice(beyondLimit)].map((atMs) =>
    Math.max(atMs, state.blockedUntilMs),
  );
  const cycleMs = budget.windowMs + CLOCK_ALLOWANCE_MS + USUAL_CALL_MS;
  return (rank) => (instants[rank % limit] ?? nowMs) + Math.floor(rank / limit) * cycleMs;
}

function addHold(holds: readonly Hold[], freeAtMs: number): readonly Hold[] {
  const same = holds.find((hold) => hold.freeAtMs === freeAtMs);
  if (same) {
    return holds.map((hold) => (hold === same ? { freeAtMs, count: hold.count + 1 } : hold));
  }
  return [...holds, { freeAtMs, count: 1 }].sort((a, b) => a.freeAtMs - b.freeAtMs);
}

/** Small budgets keep exact instants; large ones share buckets of a hundredth of the window. */
const quantumMs = (budget: Budget): number =>
  budget.requests <= 100 ? 1 : Math.ceil(budget.windowMs / 100);

const roundUp = (atMs: number, stepMs: number): number => Math.ceil(atMs / stepMs) * stepMs;

/** Heads of a paused budget look again ever more rarely, so a long pause costs few receives. */
function pausedRetryAt(pausedSinceMs: number, nowMs: number): number {
  const pausedMs = Math.max(0, nowMs - pausedSinceMs);
  return nowMs + Math.min(Math.max(pausedMs / 4, 5_000), 900_000);
}
