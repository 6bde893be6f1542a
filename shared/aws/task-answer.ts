/** What the Step Functions task that waits for a job is answered. */
import { describeFields } from '../errors/field-problems.ts';
import type { Job } from '../jobs/job.ts';
import type { Outcome } from '../jobs/states.ts';
import { parseJson, stringifyJson } from '../kernel/json.ts';
import { fitText } from './fit-text.ts';
import { outcomeEventTypes, resultPointer } from './outcome-event.ts';

/** `error` is what a state machine's `Catch` and `Retry` name in `ErrorEquals`. */
export type TaskAnswer =
  | { readonly kind: 'success'; readonly output: string }
  | { readonly kind: 'failure'; readonly error: string; readonly cause: string };

/** Step Functions API reference: SendTaskSuccess `output`, SendTaskFailure `cause`. */
const OUTPUT_BYTES_MAX = 262_144;
const CAUSE_BYTES_MAX = 32_768;

export function taskAnswer(job: Job, outcome: Outcome): TaskAnswer {
  if (outcome === 'succeeded' || outcome === 'partial') {
    return { kind: 'success', output: outputOf(job) };
  }
  const event = outcomeEventTypes[outcome];
  return {
    kind: 'failure',
    error: job.error?.code ?? event,
    cause: fitText(causeOf(job, event), CAUSE_BYTES_MAX),
  };
}

/** An inline result is given whole where it fits; a larger one by its place. */
function outputOf(job: Job): string {
  const { id, status, result } = job;
  const pointer = resultPointer(job);
  const summary = job.summary === undefined ? undefined : fitText(job.summary, CAUSE_BYTES_MAX);
  const short = stringifyJson({ id, status, summary, result: pointer });
  if (result?.kind !== 'inline') return short;
  const value = parseJson(result.json);
  const whole = stringifyJson({ id, status, summary, result: { ...pointer, value } });
  return Buffer.byteLength(whole) <= OUTPUT_BYTES_MAX ? whole : short;
}

function causeOf({ id, type, error, summary }: Job, event: string): string {
  const reasons = [error?.message ?? summary, describeFields(error?.fields ?? [])];
  return [`${event}: job ${id} (${type})`, ...reasons].filter(Boolean).join('; ');
}
