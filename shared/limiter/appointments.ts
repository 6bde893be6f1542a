/**
 * Appointments: the distinct wake-up instants of heads that wait, so that they neither stampede nor
 * starve. They order who is asked first; the permit alone says who may call.
 *
 * Order: urgent before normal, then by promised instant. A head that has just been served is a
 * newcomer again, behind every head that already waits: tenants take turns.
 */
import type { Appointment, BudgetState } from './budget-state.ts';
import { APPOINTMENT_LAPSE_MS } from './timings.ts';
import type { WindowRequest } from './window.ts';

/** An appointment is never booked nearer than this: a wake-up has to be worth its receive. */
const NEAREST_MS = 100;

const DUE_SOON_MS = 1_000;

/** Forgets heads that did not come: their job was cancelled, or their worker died. */
export function dropLapsed(state: BudgetState, nowMs: number): BudgetState {
  const kept = Object.entries(state.appointments).filter(
    ([, { atMs }]) => atMs + APPOINTMENT_LAPSE_MS > nowMs,
  );
  return { ...state, appointments: Object.fromEntries(kept) };
}

/**
 * How many other heads have a better claim to a permit that is free now: theirs is the earlier
 * appointment, and it is due or about to be (a permit often comes free a little before it).
 */
export function countDueBefore(state: BudgetState, request: WindowRequest): number {
  const mineAtMs = state.appointments[request.group]?.atMs ?? Number.POSITIVE_INFINITY;
  return others(state, request).filter(
    (other) => other.atMs <= request.nowMs + DUE_SOON_MS && precedes(other, request, mineAtMs),
  ).length;
}

/**
 * The instant at which the head should ask again. `kept` where nothing has to be stored: it holds
 * that appointment already, or it waits in place and nobody else waits with it.
 */
export function bookAppointment(
  state: BudgetState,
  request: WindowRequest,
  freeAt: (rank: number) => number,
): { readonly atMs: number; readonly kept: boolean } {
  const mine = state.appointments[request.group];
  const rivals = others(state, request);
  const mineAtMs = mine?.atMs ?? Number.POSITIVE_INFINITY;
  const rank = rivals.filter((other) => precedes(other, request, mineAtMs)).length;
  const earliestMs = Math.max(freeAt(rank), request.nowMs + NEAREST_MS);
  if (mine && mine.atMs > request.nowMs && mine.urgent === request.urgent) {
    return {
      atMs: Math.max(mine.atMs, state.blockedUntilMs),
      kept: mine.atMs >= state.blockedUntilMs,
    };
  }
  const waitsInPlace = earliestMs <= request.nowMs + request.patienceMs;
  return { atMs: earliestMs, kept: waitsInPlace && !request.urgent && rivals.length === 0 };
}

function precedes(other: Appointment, request: WindowRequest, mineAtMs: number): boolean {
  if (other.urgent !== request.urgent) return other.urgent;
  return other.atMs < mineAtMs;
}

const others = (state: BudgetState, request: WindowRequest): readonly Appointment[] =>
  Object.entries(state.appointments)
    .filter(([group]) => group !== request.group)
    .map(([, appointment]) => appointment);
