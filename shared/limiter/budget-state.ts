/**
 * What one budget's item holds: a log of upper bounds. Each count says "these calls may still be
 * inside the vendor's window until then"; nothing in it is a guess that could come out too early.
 */
import type { SlotGrid } from './slot-grid.ts';

export interface Hold {
  /** The instant from which the calls are outside every window that a new call could share. */
  readonly freeAtMs: number;
  readonly count: number;
}

/** A permit granted and not yet settled: bounded as if the call were sent as late as it may be. */
export interface OpenPermit {
  readonly freeAtMs: number;
  /** When it will most likely come free; only appointments are booked by it. */
  readonly likelyFreeAtMs: number;
}

/** The wake-up instant promised to the head of one message group. Soft: a permit is still needed. */
export interface Appointment {
  readonly atMs: number;
  readonly urgent: boolean;
  /** The lower, the earlier: one more for each permit that its group has had of late. */
  readonly turn: number;
  /** Among equal turns, the order in which heads first asked; no two heads share one. */
  readonly asked: number;
}

export interface BudgetState {
  readonly version: number;
  /** Settled calls, by the instant they come free, ascending. */
  readonly holds: readonly Hold[];
  readonly open: Readonly<Record<string, OpenPermit>>;
  readonly appointments: Readonly<Record<string, Appointment>>;
  /** The turn that is being served. */
  readonly turn: number;
  /** The turn of the next head of each group that has had more than the turn being served. */
  readonly nextTurns: Readonly<Record<string, number>>;
  /** Nominal budgets: which slots are taken. */
  readonly grid?: SlotGrid;
  /** The vendor said no (429, or none remaining): nobody calls before this instant. */
  readonly blockedUntilMs: number;
  readonly pausedSinceMs?: number;
  /** The vendor's headers name this limit, which is lower than ours. */
  readonly learnedRequests?: number;
  readonly throttledCount: number;
}

export const emptyBudgetState: BudgetState = {
  version: 0,
  holds: [],
  open: {},
  appointments: {},
  turn: 0,
  nextTurns: {},
  blockedUntilMs: 0,
  throttledCount: 0,
};
