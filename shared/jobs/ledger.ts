/** The job's ledger: which vendor call is on its way, and what became of the ones before. Pure. */
import type { VendorResult } from '../http/vendor-client.ts';
import {
  appendTimeline,
  type InFlightCall,
  type Job,
  type TimelineEntry,
  type Waiting,
} from './job.ts';
import type { OperationCall } from './operation.ts';

/**
 * The row that must be stored before the call is sent. Whoever holds the message has the job: the
 * reconciler need not send it, even where its submitter did not get to say so.
 */
export function enterLedger(job: Job, call: OperationCall, nowMs: number): Job {
  const { waiting: _over, ...rest } = job;
  const started = job.timeline.some(({ event }) => event === 'started');
  return {
    ...rest,
    status: 'running',
    attempts: job.attempts + 1,
    waitedMs: started
      ? job.waitedMs + waitedSince(job, nowMs)
      : nowMs - Math.max(job.createdAtMs, job.notBeforeMs ?? 0),
    ...(call.operation.repeat === 'safe' ? {} : { inFlight: inFlight(job, call, nowMs) }),
    attentionAtMs: job.deadlineMs,
    timeline: started
      ? job.timeline
      : appendTimeline(job.timeline, { at: nowMs, event: 'started' as const }),
  };
}

const inFlight = (job: Job, call: OperationCall, sentAtMs: number): InFlightCall => ({
  key: call.key,
  operation: call.operation.id,
  repeat: call.operation.repeat,
  sentAtMs,
  ...(call.goneIsDone && isInFlight(job, call) ? { again: true } : {}),
});

export const waitedSince = (job: Job, nowMs: number): number =>
  job.waiting === undefined ? 0 : Math.max(0, nowMs - job.waiting.sinceMs);

/**
 * The row of a job that goes back to sleep: at the head of its group, or, where it follows up on what
 * the vendor does by itself, outside of the queue until the reconciler sends it again.
 */
export function enterWaiting(job: Job, waiting: Omit<Waiting, 'sinceMs'>, nowMs: number): Job {
  const entry: Waiting = { ...waiting, sinceMs: nowMs };
  const followsUp = waiting.for === 'follow-up';
  const log = waiting.for !== 'continue' && !followsUp;
  return {
    ...job,
    status: 'waiting',
    waiting: entry,
    waitedMs: job.waitedMs + waitedSince(job, nowMs),
    attentionAtMs: followsUp ? waiting.untilMs : job.deadlineMs,
    timeline: log
      ? appendTimeline(job.timeline, { at: nowMs, event: 'waiting', ...entry })
      : job.timeline,
  };
}

/** Whether `call` was sent and its fate is not known yet. */
export const isInFlight = ({ inFlight }: Job, { key, operation }: OperationCall): boolean =>
  inFlight?.key === key && inFlight.operation === operation.id;

/** The fate of `call` is known. Another call in the ledger stays there: a read settles no write. */
export function leaveLedger(job: Job, call: OperationCall): Job {
  const { inFlight: _known, ...settled } = job;
  return isInFlight(job, call) ? settled : job;
}

/**
 * The call was not sent, or was refused as one too many: it is nobody's attempt. An earlier sending of
 * it stays in doubt.
 */
export const refundAttempt = (job: Job, call: OperationCall): Job => ({
  ...(isSentAgain(job, call) ? job : leaveLedger(job, call)),
  attempts: Math.max(0, job.attempts - 1),
});

/** Whether an earlier sending of `call`, which is in the ledger, may have been carried out. */
export const isSentAgain = (job: Job, call: OperationCall): boolean =>
  isInFlight(job, call) && job.inFlight?.again === true;

export type LedgerNote =
  | { readonly event: 'would-call' | 'found'; readonly call: OperationCall; readonly at: number }
  | {
      readonly event: 'call';
      readonly call: OperationCall;
      readonly result: VendorResult;
      readonly at: number;
    };

export const recordCall = (job: Job, note: LedgerNote): Job => ({
  ...job,
  timeline: appendTimeline(job.timeline, timelineEntry(note)),
});

function timelineEntry(note: LedgerNote): TimelineEntry {
  const { call, at } = note;
  const named = { at, operation: call.operation.id, key: call.key };
  if (note.event !== 'call') return { ...named, event: note.event };
  const { result } = note;
  if (result.kind === 'answered') {
    return {
      ...named,
      event: 'call',
      status: result.status,
      elapsedMs: Math.round(result.elapsedMs),
      ...(result.requestId === undefined ? {} : { requestId: result.requestId }),
    };
  }
  const elapsedMs = result.kind === 'unanswered' ? result.boundAtMs - result.sentAtMs : 0;
  return { ...named, event: 'call', elapsedMs, problem: result.error.code };
}
