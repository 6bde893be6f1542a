/** A job as the jobs table holds it: one row, the truth about the job; the queue is only a means. */
import type { ProviderName } from '../config/account.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { FieldProblem } from '../errors/sluice-error.ts';
import type { RepeatClass } from './operation.ts';
import type { JobStatus } from './states.ts';

export type WayIn = 'http' | 'queue' | 'webhook' | 'event' | 'schedule';

export interface JobOrigin {
  readonly way: WayIn;
  /** Webhook source, schedule name, event id or message id. */
  readonly detail?: string;
}

export interface JobError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
  readonly vendorStatus?: number;
  readonly vendorRequestId?: string;
}

/** What the job waits for and the instant at which it looks again. */
export interface Waiting {
  readonly for: 'permit' | 'blocked' | 'paused' | 'retry' | 'turn' | 'continue' | 'follow-up';
  readonly budget?: string;
  readonly untilMs: number;
  readonly sinceMs: number;
}

/** A vendor call that was about to be sent; still here after a crash means its fate is unknown. */
export interface InFlightCall {
  readonly key: string;
  readonly operation: string;
  readonly repeat: RepeatClass;
  readonly sentAtMs: number;
  /** An earlier sending of it may have been carried out; kept where the call asks for `goneIsDone`. */
  readonly again?: true;
}

/** The note beside the job that holds what it had read when it had to wait, after that many attempts. */
export interface KeptReadsRef {
  readonly id: string;
  readonly attempts: number;
}

export interface Progress {
  readonly done: number;
  readonly total?: number;
  readonly unit: string;
  /** Until the rest is done, if nothing else spends from the budget. */
  readonly leastMinutesLeft?: number;
}

export type JobResult =
  | { readonly kind: 'inline'; readonly json: string }
  | {
      readonly kind: 'object';
      readonly key: string;
      readonly rows: number;
      readonly bytes: number;
    };

export type TimelineEntry =
  | {
      readonly at: number;
      readonly event: 'received';
      readonly way: WayIn;
      readonly detail?: string;
    }
  | { readonly at: number; readonly event: 'queued' | 'started' | 'cancel-requested' | 'retried' }
  | ({ readonly at: number; readonly event: 'waiting' } & Waiting)
  | {
      readonly at: number;
      readonly event: 'call';
      readonly operation: string;
      readonly key: string;
      /** HTTP status; absent where no answer came. */
      readonly status?: number;
      readonly elapsedMs: number;
      readonly requestId?: string;
      readonly problem?: ErrorCode;
    }
  /** A call that an `observe` job would make; one whose answer was lost, and which took effect. */
  | {
      readonly at: number;
      readonly event: 'would-call' | 'found';
      readonly operation: string;
      readonly key: string;
    }
  | { readonly at: number; readonly event: 'outcome'; readonly status: JobStatus };

export interface Job {
  readonly id: string;
  readonly type: string;
  /** Absent in rejected rows. */
  readonly provider?: ProviderName;
  readonly account: string;
  readonly tenant: string;
  readonly priority: 'normal' | 'urgent';
  readonly mode: 'run' | 'observe';
  readonly status: JobStatus;
  readonly origin: JobOrigin;
  /** JSON text, so that integers beyond 2^53 stay exact in the table. */
  readonly paramsJson: string;
  /** The size of parameters that are kept beside the job; `paramsJson` is then `null`. */
  readonly paramsBytes?: number;
  readonly bodyHash: string;
  readonly idempotencyKey?: string;
  readonly taskToken?: string;
  readonly correlationId?: string;
  /** The queue's message group, that of `messageGroup`. */
  readonly group: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly notBeforeMs?: number;
  readonly deadlineMs: number;
  readonly finishedAtMs?: number;
  /** A worker announces again when the message of its finished job comes back; a caller's end does not. */
  readonly finishedBy?: 'worker' | 'caller';
  /** 1, and one more with each `retry`; a queue message names the run it belongs to. */
  readonly run: number;
  /** Requests that reached the vendor's wire and were not refused as too many. */
  readonly attempts: number;
  /** Failed tries of the present step since it last got further; parks the job when it runs out. */
  readonly failures: number;
  /** From acceptance (or `notBefore`) to the first vendor call, and every wait for a permit since. */
  readonly waitedMs: number;
  readonly waiting?: Waiting;
  readonly lease?: { readonly owner: string; readonly untilMs: number };
  readonly inFlight?: InFlightCall;
  readonly checkpointJson?: string;
  readonly keptReads?: KeptReadsRef;
  readonly progress?: Progress;
  readonly cancelRequested?: boolean;
  readonly error?: JobError;
  readonly summary?: string;
  readonly result?: JobResult;
  readonly warnings?: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  /** The instant at which the reconciler should look at the job; absent when it never need. */
  readonly attentionAtMs?: number;
  /** Each write makes one more; a write names the version it replaces. */
  readonly version: number;
  /** Distinguishes a lost answer of one's own write from another's write. */
  readonly writeId: string;
  readonly expiresAtS: number;
}

/** A job that waits outside of the queue, so that nothing waits behind it. */
export const isFollowingUp = (job: Job): job is Job & { readonly waiting: Waiting } =>
  job.status === 'waiting' && job.waiting?.for === 'follow-up';

/** What lists show: enough to see what is going on, nothing large, nothing private. */
export type JobSummary = Pick<
  Job,
  | 'id'
  | 'type'
  | 'account'
  | 'status'
  | 'tenant'
  | 'priority'
  | 'createdAtMs'
  | 'updatedAtMs'
  | 'attempts'
> &
  Partial<Pick<Job, 'waiting' | 'progress' | 'error'>>;

/** Sorts by age across the table: the order of lists and their cursor. */
export const orderKey = (job: Pick<Job, 'id' | 'createdAtMs'>): string =>
  `${String(job.createdAtMs).padStart(15, '0')}#${job.id}`;

export const TIMELINE_ENTRIES_MAX = 200;

/** `timeline` with `entry`; the middle of a very long life is dropped, its ends are kept. */
export function appendTimeline(
  timeline: readonly TimelineEntry[],
  ...entries: readonly TimelineEntry[]
): readonly TimelineEntry[] {
  const all = [...timeline, ...entries];
  if (all.length <= TIMELINE_ENTRIES_MAX) return all;
  const head = all.slice(0, 20);
  return [...head, ...all.slice(all.length - (TIMELINE_ENTRIES_MAX - head.length))];
}
