/**
 * The exact any-window rule, as pure functions over one budget's state.
 *
 * Guarantees: with `n = requests`, call k+n is granted only after `bound(k) + windowMs + ε`, where
 * bound(k) is the answer of call k, or the last instant at which the vendor could still count it. As a
 * call is counted between its sending and its answer, n+1 counts always span more than a window.
 * A crash leaves the pessimistic bound in place: capacity is lost, the limit is not.
 */
import { sum } from '../kernel/sum.ts';
import { bookAppointment, countDueBefore, dropLapsed, withServed } from './appointments.ts';
import type { Budget } from './budget.ts';
import type { BudgetState, OpenPermit } from './budget-state.ts';
import { freeInstants } from './free-instants.ts';
import { addHold, heldUntilMs } from './holds.ts';
import { pausedRetryAtMs } from './paused-retry.ts';
import {
  CLOCK_ALLOWANCE_MS,
  GRANT_TO_SEND_MAX_MS,
  UNSETTLED_BOUND_MS,
  USUAL_CALL_MS,
} from './timings.ts';

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
  | {
      readonly granted: true;
      /** The stored bound covers a call that is sent by then. */
      readonly notAfterMs: number;
      /** Absent where the permit is already in the state (a lost answer). */
      readonly next?: BudgetState;
    }
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
  const present = state.open[token];
  if (present) return { granted: true, notAfterMs: sendableUntilMs(budget, present) };
  const current = dropLapsed(releasePassed(state, nowMs), nowMs);
  if (current.pausedSinceMs !== undefined) {
    const retryAtMs = pausedRetryAtMs(current.pausedSinceMs, nowMs);
    return { granted: false, reason: 'paused', retryAtMs };
  }
  const blocked = current.blockedUntilMs > nowMs;
  const limit = requestsAllowed(budget, current);
  const free = limit - countHeld(current);
  if (!blocked && free > countDueBefore(current, request)) return grant(budget, current, request);
  const reason = blocked ? 'blocked' : 'permit';
  const { appointment, kept } = bookAppointment(
    current,
    request,
    freeInstants(budget, current, limit, nowMs),
  );
  const denial = { granted: false, reason, retryAtMs: appointment.atMs } as const;
  if (kept) return denial;
  const appointments = { ...current.appointments, [group]: appointment };
  return { ...denial, next: { ...current, appointments, version: state.version + 1 } };
}

/** The limit in force: the budget's own, or a lower one that the vendor told us, less its riders. */
export function requestsAllowed(
  { requests, carriedRequests = 0 }: Budget,
  { learnedRequests = requests + carriedRequests }: Pick<BudgetState, 'learnedRequests'>,
): number {
  return Math.max(1, Math.min(requests, learnedRequests - carriedRequests));
}

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
  const freeAtMs = heldUntilMs(budget, boundAtMs);
  return freeAtMs <= nowMs ? passed : { ...passed, holds: addHold(passed.holds, freeAtMs) };
}

/** Nobody calls before `untilMs`; an earlier, longer block stays. */
export const withBlock = (state: BudgetState, untilMs: number): BudgetState => ({
  ...state,
  blockedUntilMs: Math.max(state.blockedUntilMs, untilMs),
});

function grant(budget: Budget, state: BudgetState, request: WindowRequest): WindowDecision {
  const { nowMs, token } = request;
  const spanMs = budget.windowMs + CLOCK_ALLOWANCE_MS;
  const permit = {
    freeAtMs: nowMs + UNSETTLED_BOUND_MS + spanMs,
    likelyFreeAtMs: nowMs + USUAL_CALL_MS + spanMs,
  };
  const open = { ...state.open, [token]: permit };
  return {
    granted: true,
    notAfterMs: sendableUntilMs(budget, permit),
    next: { ...withServed(state, request), open, version: state.version + 1 },
  };
}

/** Follows from the bound itself, so that no permit can outlive what was reserved for it. */
const sendableUntilMs = (budget: Budget, { freeAtMs }: OpenPermit): number =>
  freeAtMs - budget.windowMs - CLOCK_ALLOWANCE_MS - UNSETTLED_BOUND_MS + GRANT_TO_SEND_MAX_MS;
