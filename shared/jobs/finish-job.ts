/** The end of a job: what the row then says. Pure. */
import { ProviderError } from '../errors/provider-error.ts';
import type { SluiceError } from '../errors/sluice-error.ts';
import { appendTimeline, type Job, type JobError, type JobResult } from './job.ts';
import { waitedSince } from './ledger.ts';
import type { Outcome } from './states.ts';

export interface Ending {
  readonly status: Outcome;
  readonly summary?: string;
  readonly result?: JobResult;
  readonly error?: JobError;
}

export const cancelledEnding: Ending = { status: 'cancelled', summary: 'cancelled by a caller' };

export const expiredEnding: Ending = {
  status: 'expired',
  error: { code: 'job.deadline-passed', message: 'the deadline passed before the job was done' },
};

/** The finished row: nothing waits, nothing is held, no one need look again. */
export function finished(job: Job, wanted: Ending, nowMs: number): Job {
  const ending = withUnknownFate(job, wanted);
  const { waiting: _w, lease: _l, inFlight, attentionAtMs: _a, error: _e, ...rest } = job;
  return {
    ...rest,
    ...ending,
    ...(inFlight !== undefined && ending.status === 'uncertain' ? { inFlight } : {}),
    waitedMs: job.waitedMs + waitedSince(job, nowMs),
    finishedAtMs: nowMs,
    timeline: appendTimeline(job.timeline, { at: nowMs, event: 'outcome', status: ending.status }),
  };
}

/** A write whose answer never came may have happened: nothing that stops the job unmakes it. */
function withUnknownFate({ inFlight }: Job, ending: Ending): Ending {
  const stopped = ['failed', 'cancelled', 'expired'].includes(ending.status);
  if (!stopped || inFlight === undefined || inFlight.repeat === 'idempotent') return ending;
  const why = ending.error?.message ?? ending.summary ?? ending.status;
  const message = `${inFlight.operation} was sent and its answer never came; then: ${why}`;
  return { status: 'uncertain', error: { code: 'provider.no-answer', message } };
}

/** What a row, an event and a caller may know of a failure: never the text of an unknown error. */
export function describeError(error: SluiceError): JobError {
  const vendor = error instanceof ProviderError ? error : undefined;
  return {
    code: error.code,
    message: error.message,
    ...(error.fields.length > 0 ? { fields: error.fields } : {}),
    ...(vendor?.status === undefined ? {} : { vendorStatus: vendor.status }),
    ...(vendor?.requestId === undefined ? {} : { vendorRequestId: vendor.requestId }),
  };
}
