/** The limits of Amazon SQS that the model keeps, each with the page that states it. */
import { days, hours, minutes, seconds } from '../../../shared/kernel/duration.ts';

const QUOTAS = 'Amazon SQS Developer Guide: message quotas';

export const limits = {
  /** Hidden time of one receive in all: a change beyond it is an error, never clamped. */
  visibilityTotalMs: { value: hours(12), source: 'Amazon SQS API: ChangeMessageVisibility' },
  inFlightMax: { value: 120_000, source: QUOTAS },
  /** A FIFO queue looks for message groups among its first messages only. */
  fifoLookAhead: {
    value: 120_000,
    source: 'Amazon SQS Developer Guide: avoiding a backlog with the same message group ID',
  },
  deduplicationWindowMs: {
    value: minutes(5),
    source: 'Amazon SQS Developer Guide: exactly-once processing',
  },
  batchEntriesMax: { value: 10, source: QUOTAS },
  batchBytesMax: { value: 1_048_576, source: QUOTAS },
  messageAttributesMax: { value: 10, source: QUOTAS },
  receiveMax: { value: 10, source: 'Amazon SQS API: ReceiveMessage' },
  waitMaxSeconds: { value: 20, source: 'Amazon SQS API: ReceiveMessage' },
  visibilityMaxSeconds: { value: 43_200, source: 'Amazon SQS API: ReceiveMessage' },
  delayMaxSeconds: { value: 900, source: 'Amazon SQS API: SendMessage' },
  maxReceiveCountMax: { value: 1_000, source: 'Amazon SQS API: SetQueueAttributes' },
  purgeIntervalMs: { value: seconds(60), source: 'Amazon SQS API: PurgeQueue' },
  moveRateMaxPerSecond: { value: 500, source: 'Amazon SQS API: StartMessageMoveTask' },
  moveTasksListedMax: { value: 10, source: 'Amazon SQS API: ListMessageMoveTasks' },
} as const;

/** Inclusive range and default of each numeric queue attribute. */
export const numericAttributes = {
  VisibilityTimeout: { min: 0, max: 43_200, initial: 30 },
  DelaySeconds: { min: 0, max: 900, initial: 0 },
  MaximumMessageSize: { min: 1_024, max: 1_048_576, initial: 1_048_576 },
  MessageRetentionPeriod: { min: 60, max: days(14) / seconds(1), initial: days(4) / seconds(1) },
  ReceiveMessageWaitTimeSeconds: { min: 0, max: 20, initial: 0 },
} as const;
