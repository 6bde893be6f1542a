/**
 * Takes job messages that any AWS service put on the intake queue.
 *
 * Guarantees: a good message becomes a job; a wrong one is recorded with the reasons and kept in the
 * dead-letter queue; neither ever stops the other.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { DeadLetters } from '../../shared/aws/sqs-dead-letters.ts';
import { type SluiceError, toSluiceError } from '../../shared/errors/sluice-error.ts';
import { parseJobText } from '../../shared/jobs/parse-job-request.ts';
import { rejectJob } from '../../shared/jobs/reject-job.ts';
import { type SubmitDeps, submitJob } from '../../shared/jobs/submit-job.ts';
import type { Log } from '../../shared/lambda/log.ts';
import { openEnvelope } from './envelope.ts';

export interface IntakeDeps extends SubmitDeps {
  readonly deadLetters: DeadLetters;
  readonly log: Log;
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
    const rejected = await submit(deps, record);
    if (rejected) await reject(deps, record, rejected);
    return true;
  } catch (error) {
    const { code } = toSluiceError(error);
    deps.log.error('a message was not taken and will be tried again', {
      code,
      messageId: record.messageId,
      error,
    });
    return false;
  }
}

/** Answers why the message is no job; throws where it could not be found out, or not be recorded. */
async function submit(deps: IntakeDeps, record: SQSRecord): Promise<SluiceError | undefined> {
  try {
    const { message, origin } = openEnvelope(parseJobText(record.body), record.messageId);
    const { job, duplicate } = await submitJob(deps, message, origin);
    deps.log.info('job taken', { jobId: job.id, type: job.type, account: job.account, duplicate });
    return undefined;
  } catch (error) {
    const known = toSluiceError(error);
    if (known.disposition !== 'answer') throw error;
    return known;
  }
}

async function reject(deps: IntakeDeps, record: SQSRecord, error: SluiceError): Promise<void> {
  const origin = { way: 'queue', detail: record.messageId } as const;
  const input = legible(record.body);
  const row = await rejectJob(deps.store, input, origin, error, deps.clock.nowMs());
  await deps.deadLetters.keep({ messageId: record.messageId, body: record.body, error });
  deps.log.warn('a message is no job', { jobId: row.id, code: error.code, fields: error.fields });
}

/** The message inside its envelope where it can be read, else the text as it came. */
function legible(body: string): unknown {
  try {
    return openEnvelope(parseJobText(body), '').message;
  } catch {
    return body;
  }
}
