/**
 * How many jobs a lane may hold, so that each comes up before its queue drops it and SQS sees every
 * message group.
 */
import { days } from '../kernel/duration.ts';

/** How long a job may wait in all: a day less than SQS keeps a message. */
export const JOB_LIFE_MAX_MS = days(13);

/**
 * Among how many messages SQS looks for message groups (SQS developer guide: FIFO queue quotas).
 * Behind a longer backlog of one tenant no other tenant would be seen.
 */
export const FIFO_LOOK_AHEAD = 120_000;

/** The rest is room for what several functions let in between two counts, and for retried jobs. */
export const LANE_BACKLOG_MAX = 100_000;

/** What a line gets through: so many calls in a window. */
export interface CallRate {
  readonly requests: number;
  readonly windowMs: number;
}

/** How many jobs may wait before a budget: one call each is the least that a job makes. */
export const backlogMax = ({ requests, windowMs }: CallRate): number =>
  Math.min(LANE_BACKLOG_MAX, Math.floor((requests / windowMs) * JOB_LIFE_MAX_MS));
