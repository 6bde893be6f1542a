import type { SQSRecord } from 'aws-lambda';
import { createIntake } from '../../../functions/intake/intake.ts';
import type { RejectedMessage } from '../../../shared/aws/sqs-dead-letters.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';
import { sqsEvent } from './sqs-records.ts';

/** The intake function on memory adapters. */
export function createIntakeBench(engine = createEngine()) {
  const kept: RejectedMessage[] = [];
  let refusals = 0;
  const log = createMemoryLog();
  const measured = createMeasuredMetrics();
  const deferred: { readonly receiptHandle: string; readonly seconds: number }[] = [];
  const deferrals = {
    async defer(receiptHandle: string, seconds: number) {
      deferred.push({ receiptHandle, seconds });
    },
  };
  const deadLetters = {
    async keep(message: RejectedMessage) {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('the dead-letter queue does not answer');
      }
      kept.push(message);
    },
  };
  const intake = createIntake({
    ...engine.deps,
    deadLetters,
    deferrals,
    log,
    metrics: measured.metrics,
  });
  return {
    engine,
    log,
    kept,
    valuesOf: measured.valuesOf,
    deferred,
    refuseDeadLetters: (times: number) => {
      refusals = times;
    },
    /** Ids of the messages that come back. */
    async take(...records: readonly SQSRecord[]): Promise<readonly string[]> {
      const { batchItemFailures } = await intake(sqsEvent(...records));
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** Every row, oldest first. */
    async rows(): Promise<readonly Job[]> {
      const { jobs } = await engine.store.list({ limit: 200 });
      return Promise.all(jobs.map(({ id }) => engine.find(id)).reverse());
    },
  };
}
