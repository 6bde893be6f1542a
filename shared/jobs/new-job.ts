import { days } from '../kernel/duration.ts';
import { derivedId, randomId, sha256Hex } from '../kernel/ids.ts';
import { canonicalJson, stringifyJson } from '../kernel/json.ts';
import type { Job, JobOrigin } from './job.ts';
import type { JobType } from './job-type.ts';
import { type Line, messageGroup } from './message-group.ts';
import type { CheckedRequest } from './parse-job-request.ts';

/** How long a row stays after its job's deadline. */
const ROW_LIFE_MS = days(90);

export const rowExpiresAtS = (deadlineMs: number): number =>
  Math.ceil((deadlineMs + ROW_LIFE_MS) / 1_000);

/** A job still `received` after this was not put on the queue by its submitter: the reconciler does. */
export const SEND_GRACE_MS = 60_000;

/**
 * The first row of a job. With an idempotency key the id follows from account and key, so that one
 * conditional write is the whole of deduplication.
 */
export function newJob(
  checked: CheckedRequest,
  origin: JobOrigin,
  nowMs: number,
  bodyHash = hashBody(checked),
): Job {
  const { request, type, account, params, notBeforeMs, deadlineMs } = checked;
  const { idempotencyKey } = request;
  const id =
    idempotencyKey === undefined
      ? randomId('job')
      : derivedId('job', request.account, idempotencyKey);
  const scheduled = notBeforeMs !== undefined;
  return {
    id,
    type: request.type,
    provider: account.provider,
    account: request.account,
    tenant: request.tenant,
    priority: request.priority,
    mode: request.mode,
    status: scheduled ? 'scheduled' : 'received',
    origin,
    paramsJson: stringifyJson(request.params),
    bodyHash,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(request.taskToken === undefined ? {} : { taskToken: request.taskToken }),
    ...(request.correlationId === undefined ? {} : { correlationId: request.correlationId }),
    group: messageGroup(lineOf(type, params), {
      account: request.account,
      tenant: request.tenant,
      priority: request.priority,
      jobId: id,
    }),
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    ...(scheduled ? { notBeforeMs } : {}),
    deadlineMs,
    run: 1,
    attempts: 0,
    failures: 0,
    waitedMs: 0,
    timeline: [{ at: nowMs, event: 'received', ...origin }],
    attentionAtMs: scheduled ? notBeforeMs : nowMs + SEND_GRACE_MS,
    version: 1,
    writeId: randomId('w'),
    expiresAtS: rowExpiresAtS(deadlineMs),
  };
}

/** The line in which a job of these parameters waits. */
const lineOf = (type: JobType, params: unknown): Line => ({
  budget: type.budgetOf?.(params) ?? type.budget,
  shards: type.shards,
  ...(type.oneAtATime ? { only: type.type } : {}),
});

/** Equal messages have equal hashes, however their keys are ordered; the key itself is not part. */
function hashBody({ request: { idempotencyKey: _key, ...body } }: CheckedRequest): string {
  return sha256Hex(canonicalJson(body));
}
