/**
 * Every failure Sluice can name, and what is done about it: one table, read by the worker, the
 * HTTP answers and the documentation. Codes are stable: scripts and alarms depend on them.
 *
 * Dispositions of a failed job step:
 * - `park`: ends the job as failed; a person decides (fix the input, then retry).
 * - `retry`: counts an attempt and comes back with backoff; parks once attempts run out.
 * - `defer`: waits at the queue; nobody's attempt.
 * - `uncertain`: the vendor may or may not have acted; ends the job as uncertain unless it can look.
 * - `answer`: concerns the caller alone and never reaches a job.
 */
export type Disposition = 'park' | 'retry' | 'defer' | 'uncertain' | 'answer';

export const dispositions = {
  /** The message is not a job: wrong JSON, unknown field, wrong type. Names every field. */
  'job.invalid': 'answer',
  'job.unknown-type': 'answer',
  'job.unknown-account': 'answer',
  'job.not-found': 'answer',
  /** The idempotency key was used before with another body. */
  'job.idempotency-conflict': 'answer',
  /** The job's present state does not allow the request (cancel a finished job, …). */
  'job.state-conflict': 'answer',
  'job.result-not-ready': 'answer',
  'budget.not-found': 'answer',
  'request.invalid': 'answer',
  'request.too-large': 'answer',
  'request.not-found': 'answer',
  'request.method-not-allowed': 'answer',
  'webhook.unknown-source': 'answer',
  'webhook.unauthenticated': 'answer',
  'webhook.replayed': 'answer',
  /** The mapping expression of the source failed or ran over its limits. */
  'webhook.mapping-failed': 'answer',
  /** The lane has no room: nothing was recorded, and the same message may be sent again later. */
  'lane.full': 'defer',
  /** A stored job no longer matches its type's schema (a deploy in between). */
  'job.stale-input': 'park',
  /** The job's own rules refuse to go on (a policy of that name exists with other content, …). */
  'job.refused': 'park',
  'job.deadline-passed': 'park',
  'account.secret-missing': 'park',
  'account.secret-invalid': 'park',
  'provider.unauthorized': 'park',
  'provider.rejected': 'park',
  'provider.not-found': 'park',
  'provider.conflict': 'park',
  'provider.throttled': 'defer',
  /** 5xx that says the vendor is not well: nothing was promised. */
  'provider.unavailable': 'retry',
  /** Never reached the vendor: no name, no connection. The request was certainly not sent. */
  'provider.unreachable': 'retry',
  /** A body that is not what the vendor documents: HTML, half a document, too large, wrong shape. */
  'provider.malformed-answer': 'retry',
  /** No answer to a call that may safely be sent again. */
  'provider.timed-out': 'retry',
  /** The request may have been executed: no answer came, or it was cut. */
  'provider.no-answer': 'uncertain',
  /** Ours, not the job's: it waits for the store and parks for nothing else. */
  'store.unavailable': 'defer',
  /** The host's clock is certainly wrong: nothing is granted by it, and another host goes on. */
  'host.clock-off': 'defer',
  'internal.unexpected': 'retry',
} as const satisfies Record<string, Disposition>;

export type ErrorCode = keyof typeof dispositions;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(dispositions, code);
