import { describe, expect, it } from 'vitest';
import {
  assertMove,
  canMove,
  isFinished,
  isOutcome,
  isRetryable,
  type JobStatus,
  jobStatuses,
} from '../../../shared/jobs/states.ts';

const ends = 'succeeded partial failed uncertain cancelled expired';

/** Written out here on its own: the table under test must not be its own witness. */
const allowed: Readonly<Record<JobStatus, string>> = {
  received: `queued waiting running ${ends}`,
  scheduled: `queued waiting running ${ends}`,
  queued: `queued waiting running ${ends}`,
  waiting: `queued waiting running ${ends}`,
  running: `waiting running ${ends}`,
  succeeded: '',
  partial: 'received',
  failed: 'received',
  uncertain: 'received',
  cancelled: 'received scheduled',
  expired: 'received',
  rejected: '',
};

const pairs = jobStatuses.flatMap((from) =>
  jobStatuses.map((to) => ({ from, to, may: allowed[from].split(' ').includes(to) })),
);

describe('the states of a job', () => {
  it.each(pairs.filter(({ may }) => may))('lets $from become $to', ({ from, to }) => {
    expect(canMove(from, to)).toBe(true);
    expect(() => assertMove(from, to)).not.toThrow();
  });

  it.each(pairs.filter(({ may }) => !may))('never lets $from become $to', ({ from, to }) => {
    expect(canMove(from, to)).toBe(false);
    expect(() => assertMove(from, to)).toThrow(`a job cannot move from ${from} to ${to}`);
  });

  it('counts six outcomes, and a rejected message as finished without one', () => {
    expect(jobStatuses.filter(isOutcome)).toEqual(ends.split(' '));
    expect(jobStatuses.filter(isFinished)).toEqual([...ends.split(' '), 'rejected']);
  });

  it('lets be retried what did not fully succeed', () => {
    expect(jobStatuses.filter(isRetryable)).toEqual([
      'partial',
      'failed',
      'uncertain',
      'cancelled',
      'expired',
    ]);
  });
});
