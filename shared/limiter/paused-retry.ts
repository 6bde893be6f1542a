import { minutes, seconds } from '../kernel/duration.ts';

const SOONEST_MS = seconds(5);
/** Twice an hour for the thirteen days that a job may live stays far below SQS's 1,000 receives. */
const LATEST_MS = minutes(30);

/** Heads of a paused budget look again ever more rarely, so a long pause costs few receives. */
export function pausedRetryAtMs(pausedSinceMs: number, nowMs: number): number {
  const pausedMs = Math.max(0, nowMs - pausedSinceMs);
  return nowMs + Math.min(Math.max(pausedMs / 4, SOONEST_MS), LATEST_MS);
}
