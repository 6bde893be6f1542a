import { expect, it } from 'vitest';
import { wakeUpsOf } from '../../../bench/aws/wake-up.ts';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import type { TimelineEntry } from '../../../shared/jobs/job.ts';
import { sampleJob, SAMPLE_AT_MS as T } from '../../support/sample-job.ts';

const waiting = (at: number, untilMs: number): TimelineEntry => ({
  at,
  event: 'waiting',
  for: 'permit',
  untilMs,
  sinceMs: at,
});
const call = (at: number, elapsedMs: number): TimelineEntry => ({
  at,
  event: 'call',
  operation: 'servers.batch',
  key: 'batch-0',
  status: 200,
  elapsedMs,
});

const started: TimelineEntry = { at: T + 66_100, event: 'started' };

it('tells the wake-up lag of each wait that a call followed, from the timeline', () => {
  const timeline = [
    waiting(T, T + 60_400),
    waiting(T + 60_500, T + 65_000),
    started,
    call(T + 66_300, 100),
  ];
  const job = sampleJob({ timeline });
  // Hidden for the whole 4 s from 60.5 s on; the call began at 66.2 s.
  expect(wakeUpsOf([describeJob(job)])).toEqual([
    { jobId: job.id, lateMs: 1_200, atMostMs: 1_700 },
  ]);
});
