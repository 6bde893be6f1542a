import { minutes, seconds } from '../kernel/duration.ts';
import type { Random } from '../kernel/random.ts';
import type { Job } from './job.ts';

/** Failed tries of one step before the job is parked; getting further starts the count again. */
export const FAILURES_MAX = 5;

const FIRST_DELAY_MS = seconds(2);
const DELAY_MAX_MS = minutes(5);

/** 1,000 receives of a message are some ten hours of this: a store that is away for longer needs a person. */
const DEFER_DELAY_MS = seconds(20);

/** For what is not the job's fault: it comes back until its deadline, and no try is counted. */
export const deferDelayMs = (random: Random): number =>
  Math.round(DEFER_DELAY_MS * (1 + 2 * random()));

export const triesLeft = (job: Job): boolean => job.failures + 1 < FAILURES_MAX;

/** Full jitter over a doubling range, so that jobs that failed together do not come back together. */
export function retryDelayMs(failures: number, random: Random): number {
  const rangeMs = Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** failures);
  return Math.max(seconds(1), Math.round(random() * rangeMs));
}
