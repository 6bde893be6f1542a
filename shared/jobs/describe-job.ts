/** A job as callers see it: instants as ISO 8601, durations in milliseconds, no task token, no lease. */
import { isoInstant } from '../kernel/clock.ts';
import { parseJson } from '../kernel/json.ts';
import type { Job, JobSummary, TimelineEntry, Waiting } from './job.ts';

export type JobView = ReturnType<typeof describeJob>;
export type JobSummaryView = ReturnType<typeof describeSummary>;

export const describeSummary = (job: JobSummary) => ({
  id: job.id,
  type: job.type,
  account: job.account,
  status: job.status,
  tenant: job.tenant,
  priority: job.priority,
  createdAt: isoInstant(job.createdAtMs),
  updatedAt: isoInstant(job.updatedAtMs),
  attempts: job.attempts,
  ...(job.waiting === undefined ? {} : { waiting: describeWaiting(job.waiting) }),
  ...(job.progress === undefined ? {} : { progress: job.progress }),
  ...(job.error === undefined ? {} : { error: job.error }),
});

export const describeJob = (job: Job) => ({
  ...describeSummary(job),
  mode: job.mode,
  origin: job.origin,
  run: job.run,
  params: parseJson(job.paramsJson),
  ...(job.paramsBytes === undefined ? {} : { paramsBytes: job.paramsBytes }),
  waitedMs: job.waitedMs,
  deadline: isoInstant(job.deadlineMs),
  ...(job.notBeforeMs === undefined ? {} : { notBefore: isoInstant(job.notBeforeMs) }),
  ...(job.finishedAtMs === undefined ? {} : { finishedAt: isoInstant(job.finishedAtMs) }),
  ...(job.correlationId === undefined ? {} : { correlationId: job.correlationId }),
  ...(job.idempotencyKey === undefined ? {} : { idempotencyKey: job.idempotencyKey }),
  ...(job.cancelRequested === undefined ? {} : { cancelRequested: job.cancelRequested }),
  ...(job.summary === undefined ? {} : { summary: job.summary }),
  ...(job.result === undefined ? {} : { result: describeResult(job.result) }),
  ...(job.warnings === undefined ? {} : { warnings: job.warnings }),
  timeline: job.timeline.map(describeEntry),
});

const describeWaiting = ({ for: reason, budget, untilMs }: Waiting) => ({
  for: reason,
  ...(budget === undefined ? {} : { budget }),
  until: isoInstant(untilMs),
});

const describeResult = (result: NonNullable<Job['result']>) =>
  result.kind === 'inline'
    ? { kind: result.kind }
    : { kind: result.kind, rows: result.rows, bytes: result.bytes };

function describeEntry(entry: TimelineEntry) {
  if (entry.event !== 'waiting') return { ...entry, at: isoInstant(entry.at) };
  const { untilMs: _u, sinceMs: _s, ...rest } = entry;
  return { ...rest, at: isoInstant(entry.at), until: isoInstant(entry.untilMs) };
}
