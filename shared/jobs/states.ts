/**
 * The life of a job, as a table of allowed moves. Every store write that changes a status asks this
 * table first, so no bug elsewhere can bring a finished job back to life by accident.
 */
import { invariant } from '../kernel/invariant.ts';

export const outcomes = [
  'succeeded',
  'partial',
  'failed',
  'uncertain',
  'cancelled',
  'expired',
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * - `received`: recorded, not yet on the queue · `scheduled`: due later (`notBefore`)
 * - `queued`: on the queue · `waiting`: at the head of its group, asleep until its appointment
 * - `running`: a worker holds it · `rejected`: never accepted, kept for the reasons
 */
export const jobStatuses = [
  'received',
  'scheduled',
  'queued',
  'waiting',
  'running',
  ...outcomes,
  'rejected',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

const stops: readonly JobStatus[] = outcomes;

const moves: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  received: ['queued', 'waiting', 'running', ...stops],
  scheduled: ['queued', 'waiting', 'running', ...stops],
  queued: ['queued', 'waiting', 'running', ...stops],
  waiting: ['queued', 'waiting', 'running', ...stops],
  running: ['waiting', 'running', ...stops],
  succeeded: [],
  partial: ['received'],
  failed: ['received'],
  uncertain: ['received'],
  cancelled: ['received', 'scheduled'],
  expired: ['received'],
  rejected: [],
};

export const canMove = (from: JobStatus, to: JobStatus): boolean => moves[from].includes(to);

export function assertMove(from: JobStatus, to: JobStatus): void {
  invariant(canMove(from, to), `a job cannot move from ${from} to ${to}`);
}

/** A newer version of the code may have more of them. */
export const isKnown = (status: JobStatus): boolean => jobStatuses.includes(status);

export const isOutcome = (status: JobStatus): status is Outcome => stops.includes(status);

/** No worker will touch it again unless a person asks. */
export const isFinished = (status: JobStatus): boolean =>
  isOutcome(status) || status === 'rejected';

/** Statuses from which `retry` starts the job again. */
export const isRetryable = (status: JobStatus): boolean => canMove(status, 'received');
