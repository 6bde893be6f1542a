/** Messages that are not jobs: recorded with the reasons, so that their sender can find out why. */
import type { SluiceError } from '../errors/sluice-error.ts';
import { days } from '../kernel/duration.ts';
import { derivedId, randomId, sha256Hex } from '../kernel/ids.ts';
import { isJsonObject, stringifyJson } from '../kernel/json.ts';
import { describeError } from './finish-job.ts';
import type { Job, JobOrigin } from './job.ts';
import type { JobStore } from './job-store.ts';

/** What is kept of a wrong message: enough to recognize it. */
const KEPT_CHARACTERS = 4_096;

const ROW_LIFE_MS = days(90);

/** Stands in a rejected row where the message does not say. */
const UNKNOWN = '(unknown)';

/**
 * Records `input` as rejected. One row per origin and body: the same wrong message delivered twice
 * is recorded once. Throws `store.unavailable`.
 */
export async function rejectJob(
  store: JobStore,
  input: unknown,
  origin: JobOrigin,
  error: SluiceError,
  nowMs: number,
): Promise<Job> {
  const text = typeof input === 'string' ? input : stringifyJson(withoutTaskToken(input));
  const row: Job = {
    id: derivedId('rejected', origin.way, origin.detail ?? randomId('m'), sha256Hex(text)),
    type: legible(input, 'type'),
    account: legible(input, 'account'),
    tenant: 'default',
    priority: 'normal',
    mode: 'run',
    status: 'rejected',
    origin,
    paramsJson: stringifyJson({ message: text.slice(0, KEPT_CHARACTERS) }),
    bodyHash: sha256Hex(text),
    group: '',
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    finishedAtMs: nowMs,
    deadlineMs: nowMs,
    run: 1,
    attempts: 0,
    failures: 0,
    waitedMs: 0,
    error: describeError(error),
    timeline: [
      { at: nowMs, event: 'received', ...origin },
      { at: nowMs, event: 'outcome', status: 'rejected' },
    ],
    version: 1,
    writeId: randomId('w'),
    expiresAtS: Math.ceil((nowMs + ROW_LIFE_MS) / 1000),
  };
  const created = await store.create(row);
  return created.created ? row : created.existing;
}

/** Whoever holds a task token may answer the task: rows are shown to callers. */
function withoutTaskToken(input: unknown): unknown {
  if (!isJsonObject(input)) return input;
  const { taskToken: _private, ...told } = input;
  return told;
}

function legible(input: unknown, field: string): string {
  const value = isJsonObject(input) ? input[field] : undefined;
  return typeof value === 'string' && value.length > 0 && value.length <= 128 ? value : UNKNOWN;
}
