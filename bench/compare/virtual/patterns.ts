/**
 * What is built on AWS instead: four patterns around a standard queue, each as its advocates describe
 * it. All of them treat 429 as "later".
 */
import type { SQSRecord } from 'aws-lambda';
import { workerContract } from '../../../functions/worker/contract.ts';
import { isAccepted } from '../calls-of.ts';
import { LIMIT } from '../scenarios.ts';
import type { Pattern, PatternTools } from './pattern.ts';

const WINDOW_S = 60;
const MEMORY_MB = workerContract.memoryMb;
const LAMBDA_GUIDANCE_RECEIVES = 5;
const RECEIVES_MAX = 1_000;

const failures = (records: readonly SQSRecord[]) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** One function at a time, which sleeps its share of the window after each call. */
const reservedConcurrency: Pattern = {
  row: 'reserved-concurrency',
  maxReceiveCount: LAMBDA_GUIDANCE_RECEIVES,
  batchSize: 1,
  reservedConcurrency: 1,
  memoryMb: MEMORY_MB,
  usesStore: false,
  async run(tools, { Records: records }) {
    for (const record of records) {
      const status = await tools.call(record.body);
      await tools.sleep((WINDOW_S / LIMIT) * 1_000);
      if (!isAccepted(status)) return failures([record]);
    }
    return failures([]);
  },
};

/** A place in a log of sendings, kept in DynamoDB; without one, the message is hidden for a window. */
const deferral = (maxReceiveCount: number): Pattern => ({
  row: `deferral-${maxReceiveCount}`,
  maxReceiveCount,
  batchSize: 10,
  maximumConcurrency: 5,
  memoryMb: MEMORY_MB,
  usesStore: true,
  async run(tools, { Records: records }) {
    const kept: SQSRecord[] = [];
    for (const record of records) {
      if (!(await callOrHide(tools, record))) kept.push(record);
    }
    return failures(kept);
  },
});

async function callOrHide(tools: PatternTools, record: SQSRecord): Promise<boolean> {
  if ((await tools.takePlace()) && isAccepted(await tools.call(record.body))) return true;
  await tools.hide(record, WINDOW_S);
  return false;
}

/** Each tick takes as many messages as a window allows. */
const schedulerTick: Pattern = {
  row: 'scheduler-tick',
  maxReceiveCount: LAMBDA_GUIDANCE_RECEIVES,
  batchSize: LIMIT,
  everyMinute: true,
  memoryMb: MEMORY_MB,
  usesStore: false,
  async run(tools) {
    for (const record of await tools.receive(LIMIT)) {
      if (isAccepted(await tools.call(record.body))) await tools.delete(record);
    }
  },
};

const BACKOFF_MAX_S = 900;

/** No limiter: a 429 hides the message for up to twice as long as the last time, fully jittered. */
const retryOn429: Pattern = {
  row: 'retry-429',
  maxReceiveCount: RECEIVES_MAX,
  batchSize: 1,
  maximumConcurrency: 5,
  memoryMb: MEMORY_MB,
  usesStore: false,
  async run(tools, { Records: records }) {
    for (const record of records) {
      if (isAccepted(await tools.call(record.body))) continue;
      const receives = Number(record.attributes.ApproximateReceiveCount);
      const ceilingS = Math.min(BACKOFF_MAX_S, 2 ** Math.min(receives, 20));
      await tools.hide(record, Math.floor(tools.random() * ceilingS));
      return failures([record]);
    }
    return failures([]);
  },
};

export const patterns: readonly Pattern[] = [
  reservedConcurrency,
  deferral(LAMBDA_GUIDANCE_RECEIVES),
  deferral(RECEIVES_MAX),
  schedulerTick,
  retryOn429,
];
