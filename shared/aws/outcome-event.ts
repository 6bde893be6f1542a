/** What the event bus is told of a finished job: never its parameters, token or result rows. */
import type { Job, JobError } from '../jobs/job.ts';
import type { Outcome } from '../jobs/states.ts';
import { isoInstant } from '../kernel/clock.ts';
import { stringifyJson } from '../kernel/json.ts';
import { fitText } from './fit-text.ts';

export const outcomeEventTypes: Readonly<Record<Outcome, string>> = {
  succeeded: 'JobSucceeded',
  partial: 'JobPartial',
  failed: 'JobFailed',
  uncertain: 'JobUncertain',
  cancelled: 'JobCancelled',
  expired: 'JobExpired',
};

/** EventBridge takes 256 KB an entry (user guide: PutEvents entry size); the rest is its other fields. */
const DETAIL_BYTES_MAX = 255 * 1024;
/** Of a text in a detail that is too large: JSON may spell a byte with six. */
const TEXT_BYTES_MAX = 16 * 1024;

/** The event's detail as JSON text; field problems go first where it would be too large. */
export function outcomeDetail(job: Job): string {
  const full = stringifyJson(detailOf(job));
  if (Buffer.byteLength(full) <= DETAIL_BYTES_MAX) return full;
  return stringifyJson(detailOf(withShortTexts(job)));
}

const detailOf = (job: Job) => ({
  id: job.id,
  type: job.type,
  account: job.account,
  tenant: job.tenant,
  status: job.status,
  run: job.run,
  attempts: job.attempts,
  correlationId: job.correlationId,
  summary: job.summary,
  error: job.error,
  result: resultPointer(job),
  createdAt: isoInstant(job.createdAtMs),
  finishedAt: isoInstant(finishedAtMs(job)),
});

export const finishedAtMs = (job: Job): number => job.finishedAtMs ?? job.updatedAtMs;

/** Where the result is, not what it says. */
export function resultPointer({ result }: Job) {
  if (result?.kind !== 'object') return result && { kind: result.kind };
  return { kind: result.kind, key: result.key, rows: result.rows };
}

function withShortTexts({ error, summary, ...job }: Job): Job {
  return {
    ...job,
    ...(summary !== undefined && { summary: fitText(summary, TEXT_BYTES_MAX) }),
    ...(error && { error: withShortMessage(error) }),
  };
}

const withShortMessage = ({ fields: _dropped, ...error }: JobError): JobError => ({
  ...error,
  message: fitText(error.message, TEXT_BYTES_MAX),
});
