/**
 * Takes job messages that any AWS service put on the intake queue.
 *
 * Guarantees: a good message becomes a job; a wrong one is recorded with the reasons and kept in the
 * dead-letter queue; neither ever stops the other. A message whose lane is full is hidden and comes
 * back; one that would outlive the queue so is kept with the dead letters.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeadLetters } from '../../shared/aws/sqs-dead-letters.ts';
import type { Deferrals } from '../../shared/aws/sqs-deferrals.ts';
import { LaneFull } from '../../shared/errors/lane-full.ts';
import { type SluiceError, toSluiceError } from '../../shared/errors/sluice-error.ts';
import { parseJobText } from '../../shared/jobs/parse-job-request.ts';
import { rejectJob } from '../../shared/jobs/reject-job.ts';
import { type SubmitDeps, submitJob } from '../../shared/jobs/submit-job.ts';
import type { Log } from '../../shared/lambda/log.ts';
import type { FunctionMetrics } from '../metrics.ts';
import { type Opened, openEnvelope } from './envelope.ts';
import { findWaitMs } from './lane-full-wait.ts';

export interface IntakeDeps extends SubmitDeps {
  readonly deadLetters: DeadLetters;
  readonly deferrals: Deferrals;
  readonly log: Log;
  readonly metrics: FunctionMetrics;
}

export const createIntake =
  (deps: IntakeDeps) =>
  async ({ Records: records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed = await Promise.all(
      records.map(async (record) => ((await take(deps, record)) ? [] : [record.messageId])),
    );
    return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
  };

async function take(deps: IntakeDeps, record: SQSRecord): Promise<boolean> {
  try {
    const refused = await submit(deps, record);
    if (refused) await reject(deps, record, refused);
    return true;
  } catch (error) {
    if (error instanceof LaneFull) return putOff(deps, record, error);
    const { code } = toSluiceError(error);
    deps.log.error('a message was not taken and will be tried again', {
      code,
      messageId: record.messageId,
      error,
    });
    return false;
  }
}

/** Where SQS does not take the change, the message comes back when its present visibility ends. */
async function putOff(deps: IntakeDeps, record: SQSRecord, error: LaneFull): Promise<false> {
  const { messageId, receiptHandle } = record;
  const waitMs = findWaitMs(record, error, deps.clock.nowMs()) ?? 0;
  const facts = { messageId, waitMs, code: error.code, reason: error.message };
  deps.log.warn('a message waits for room in its lane', facts);
  try {
    await deps.deferrals.defer(receiptHandle, waitMs / 1_000);
  } catch (cause) {
    deps.log.warn('a message could not be deferred', { messageId, error: cause });
  }
  return false;
}

/** A message that is no job, as far as it could be opened, and why. */
interface Refused extends Opened {
  readonly error: SluiceError;
}

/** Answers why the message is no job; throws where it could not be found out, or not be recorded. */
async function submit(deps: IntakeDeps, record: SQSRecord): Promise<Refused | undefined> {
  let opened: Opened = openEnvelope(record.body, record.messageId);
  try {
    opened = openEnvelope(parseJobText(record.body), record.messageId);
    const { job, duplicate } = await submitJob(deps, opened.message, opened.origin);
    deps.metrics.add('JobsAccepted', duplicate ? 0 : 1, { Way: opened.origin.way });
    deps.log.info('job taken', { jobId: job.id, type: job.type, account: job.account, duplicate });
    return undefined;
  } catch (error) {
    const known = toSluiceError(error);
    if (known instanceof LaneFull) deps.metrics.add('JobsPutOff', 1, { Way: opened.origin.way });
    if (!isFinal(known, record, deps.clock.nowMs())) throw error;
    return { ...opened, error: known };
  }
}

/** Nothing that comes later makes a job of the message. */
const isFinal = (error: SluiceError, record: SQSRecord, nowMs: number): boolean =>
  error instanceof LaneFull
    ? findWaitMs(record, error, nowMs) === undefined
    : error.disposition === 'answer';

async function reject(deps: IntakeDeps, record: SQSRecord, refused: Refused): Promise<void> {
  const { message, origin, error } = refused;
  const row = await rejectJob(deps.store, message, origin, error, deps.clock.nowMs());
  await deps.deadLetters.keep({ messageId: record.messageId, body: record.body, error });
  deps.metrics.add('JobsRejected', 1, { Way: origin.way });
  deps.log.warn('a message made no job', { jobId: row.id, code: error.code, fields: error.fields });
}
