/**
 * Appointments: the wake-up instants of heads that wait, each for a permit of its own, so that they
 * neither stampede nor starve. They order who is asked first; the permit alone says who may call.
 *
 * Order: urgent before normal, then by turn (start-time fair queueing: a group's turn goes one on with
 * each permit that it gets), then by asking. So groups that wait get equal shares, whoever of them
 * happens to take what is left over; and a group that had nothing to do saves nothing up.
 */
import type { Appointment, BudgetState } from './budget-state.ts';
import { APPOINTMENT_LAPSE_MS } from './timings.ts';
import type { WindowRequest } from './window.ts';

/** Nobody asks again sooner: each asking is a read. Waits so short are waited in place. */
const NEAREST_MS = 25;

const DUE_SOON_MS = 1_000;

/** Heads come a little early. One that is late by this much has probably gone. */
const ABSENT_AFTER_MS = 1_000;

/**
 * Keeps the budget's item well below the 400 KB of DynamoDB. Heads beyond it look again at the
 * instant they are told, without a turn.
 */
export const APPOINTMENTS_MAX = 1_000;

/** Forgets heads that did not come: their job was cancelled, or their worker died. */
export function dropLapsed(state: BudgetState, nowMs: number): BudgetState {
  const kept = Object.entries(state.appointments).filter(
    ([, { atMs }]) => atMs + APPOINTMENT_LAPSE_MS > nowMs,
  );
  return { ...state, appointments: Object.fromEntries(kept) };
}

/**
 * How many other heads have a better claim to a permit that is free now: theirs is the earlier turn,
 * and it is due or about to be (a permit often comes free a little before it).
 */
export const countDueBefore = (state: BudgetState, request: WindowRequest): number =>
  headsBefore(state, request).filter(({ atMs }) => atMs <= request.nowMs + DUE_SOON_MS).length;

interface Booking {
  readonly appointment: Appointment;
  /**
   * Nothing has to be stored: the head holds that appointment already, or is one too many, or waits
   * in place and its turn is stored or needs no defence.
   */
  readonly kept: boolean;
}

/** When the head should ask again. `freeAt` answers when the permit of a place in the line is free. */
export function bookAppointment(
  state: BudgetState,
  request: WindowRequest,
  freeAt: (place: number) => number,
): Booking {
  const { nowMs, urgent, group } = request;
  const mine = state.appointments[group];
  if (mine && mine.atMs > nowMs && mine.atMs >= state.blockedUntilMs) {
    return { appointment: mine, kept: true };
  }
  const waiting = others(state, request);
  const atMs = Math.max(nextChanceMs(state, request, freeAt), nowMs + NEAREST_MS);
  const known = mine !== undefined || (waiting.length === 0 && !urgent);
  const waitsInPlace = known && atMs <= nowMs + request.patienceMs;
  return {
    appointment: {
      atMs,
      urgent,
      turn: turnOf(state, group),
      asked: mine?.asked ?? Math.max(0, ...waiting.map(({ asked }) => asked)) + 1,
    },
    kept: waitsInPlace || (!mine && waiting.length >= APPOINTMENTS_MAX),
  };
}

/**
 * The permit of its own place in the line; or the place it moves up to, once those ahead of it that
 * did not come have lapsed.
 */
function nextChanceMs(
  state: BudgetState,
  request: WindowRequest,
  freeAt: (place: number) => number,
): number {
  const ahead = headsBefore(state, request);
  const absent = ahead.filter(({ atMs }) => atMs + ABSENT_AFTER_MS <= request.nowMs);
  const lapsedAtMs = Math.max(...absent.map(({ atMs }) => atMs + APPOINTMENT_LAPSE_MS));
  const movedUpAtMs = Math.max(lapsedAtMs, freeAt(ahead.length - absent.length));
  return Math.min(freeAt(ahead.length), movedUpAtMs);
}

function headsBefore(state: BudgetState, request: WindowRequest): readonly Appointment[] {
  const turn = turnOf(state, request.group);
  const asked = state.appointments[request.group]?.asked ?? Number.POSITIVE_INFINITY;
  return others(state, request).filter((other) => {
    if (other.urgent !== request.urgent) return other.urgent;
    return other.turn === turn ? other.asked < asked : other.turn < turn;
  });
}

/** A group that has had no permit of late begins with the turn that is being served. */
const turnOf = ({ appointments, nextTurns, turn }: BudgetState, group: string): number =>
  appointments[group]?.turn ?? Math.max(nextTurns[group] ?? 0, turn);

/** The head of `group` is served: its appointment is over, and its group's next head comes later. */
export function withServed(state: BudgetState, { group }: WindowRequest): BudgetState {
  const { [group]: _kept, ...appointments } = state.appointments;
  const served = turnOf(state, group);
  // What is left over may go to a later turn while earlier ones still wait: they keep theirs.
  const waiting = Object.values(appointments).map(({ turn }) => turn);
  const turn = Math.max(state.turn, Math.min(served, ...waiting));
  const ahead = Object.entries({ ...state.nextTurns, [group]: served + 1 });
  return {
    ...state,
    appointments,
    turn,
    nextTurns: Object.fromEntries(ahead.filter(([, next]) => next > turn)),
  };
}

const others = (state: BudgetState, request: WindowRequest): readonly Appointment[] =>
  Object.entries(state.appointments)
    .filter(([group]) => group !== request.group)
    .map(([, appointment]) => appointment);
