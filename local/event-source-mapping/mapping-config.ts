/** What an SQS event-source mapping may be set to, and what Lambda refuses. */

export interface MappingConfig {
  /** 1 to 10, on a standard queue with a window up to 10,000; 10 by default. */
  readonly batchSize?: number;
  /** How long a batch of a standard queue may fill up; 0 by default. */
  readonly batchingWindowMs?: number;
  /** Invocations at a time; without it a standard queue ramps up to 1,250. */
  readonly maximumConcurrency?: number;
  /** Whether the function's answer says which messages failed (`ReportBatchItemFailures`). */
  readonly reportBatchItemFailures: boolean;
  readonly functionTimeoutMs: number;
}

/** The queue as the mapping finds it. */
export interface QueueDescription {
  readonly arn: string;
  readonly isFifo: boolean;
  readonly visibilityTimeoutMs: number;
}

export class MappingRefused extends Error {
  override readonly name = 'MappingRefused';
}

const PARAMETERS = 'AWS Lambda Developer Guide: parameters for Amazon SQS event source mappings';
const SCALING = 'AWS Lambda API: ScalingConfig';
const SCALING_BEHAVIOUR = 'AWS Lambda Developer Guide: configuring scaling behavior for SQS';

export const mappingLimits = {
  batchSizeMax: { value: 10_000, source: PARAMETERS },
  /** Above this a standard queue needs a window, and a FIFO queue refuses. */
  batchSizePlainMax: { value: 10, source: PARAMETERS },
  batchingWindowMaxMs: { value: 300_000, source: PARAMETERS },
  batchingWindowForLargeBatchesMs: { value: 1_000, source: PARAMETERS },
  maximumConcurrencyMin: { value: 2, source: SCALING },
  maximumConcurrencyMax: { value: 1_000, source: SCALING },
  concurrencyInitial: { value: 5, source: SCALING_BEHAVIOUR },
  concurrencyGrowthPerMinute: { value: 300, source: SCALING_BEHAVIOUR },
  concurrencyCeiling: { value: 1_250, source: SCALING_BEHAVIOUR },
} as const;

/** Throws `MappingRefused` with every reason for which Lambda would refuse the mapping. */
export function checkMapping(config: MappingConfig, queue: QueueDescription): void {
  const reasons = [...refusedBatching(config, queue), ...refusedScaling(config, queue)];
  if (reasons.length > 0) {
    throw new MappingRefused(`cannot map ${queue.arn} to the function: ${reasons.join('; ')}`);
  }
}

function* refusedBatching(config: MappingConfig, { isFifo }: QueueDescription): Iterable<string> {
  const { batchSize = 10, batchingWindowMs = 0 } = config;
  const plainMax = mappingLimits.batchSizePlainMax.value;
  const max = isFifo ? plainMax : mappingLimits.batchSizeMax.value;
  if (!isWholeBetween(batchSize, 1, max)) {
    yield `the batch size must be 1 to ${max}, not ${batchSize}`;
  }
  if (!isWholeBetween(batchingWindowMs, 0, mappingLimits.batchingWindowMaxMs.value)) {
    yield `the batching window must be 0 to 300 seconds, not ${batchingWindowMs} ms`;
  }
  if (isFifo && batchingWindowMs > 0) yield 'a FIFO queue has no batching window';
  const neededWindowMs = mappingLimits.batchingWindowForLargeBatchesMs.value;
  if (!isFifo && batchSize > plainMax && batchingWindowMs < neededWindowMs) {
    yield `a batch size above ${plainMax} needs a batching window of at least 1 second`;
  }
}

function* refusedScaling(config: MappingConfig, queue: QueueDescription): Iterable<string> {
  const { maximumConcurrency, functionTimeoutMs } = config;
  const { value: min } = mappingLimits.maximumConcurrencyMin;
  const { value: max } = mappingLimits.maximumConcurrencyMax;
  if (maximumConcurrency !== undefined && !isWholeBetween(maximumConcurrency, min, max)) {
    yield `the maximum concurrency must be ${min} to ${max}, not ${maximumConcurrency}`;
  }
  if (queue.visibilityTimeoutMs < functionTimeoutMs) {
    yield `the queue's visibility timeout (${queue.visibilityTimeoutMs / 1_000} s) is less than ` +
      `the function's timeout (${functionTimeoutMs / 1_000} s)`;
  }
}

const isWholeBetween = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;
