/**
 * What Lambda does between an SQS queue and a function.
 *
 * Guarantees: every received message is handed to the function at least once or becomes visible
 * again; messages that the function completed are deleted, the others keep whatever visibility they
 * have (the mapping never touches it); one invocation at a time for each FIFO message group; a stop
 * takes no new message and waits for the invocations that run.
 */
import type { ReceivedMessage } from '../emulators/sqs/message.ts';
import type { Timers } from '../emulators/sqs/timers.ts';
import { failedMessageIds } from './batch-outcome.ts';
import { collectBatch } from './collect-batch.ts';
import { createGroupTurns, type GroupTurns } from './group-turns.ts';
import { createInvocationSlots, type InvocationSlots } from './invocation-slots.ts';
import { type InvokeFunction, invokeUntilVisible } from './invoke-until-visible.ts';
import {
  checkMapping,
  type MappingConfig,
  mappingLimits,
  type QueueDescription,
} from './mapping-config.ts';
import type { QueuePort } from './queue-port.ts';
import { sleepUntil } from './sleep-until.ts';

/** What became of one batch, for logs, metrics and tests. */
export interface BatchReport {
  readonly messageIds: readonly string[];
  readonly failedIds: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** What the function threw, or why the completed messages were not deleted. */
  readonly error?: unknown;
}

export interface EventSourceMappingOptions {
  readonly queue: QueuePort;
  readonly timers: Timers;
  readonly config: MappingConfig;
  readonly invoke: InvokeFunction;
  /** Told once of each batch. Must not throw. */
  readonly onBatch?: (report: BatchReport) => void;
  /** A receive that failed; the mapping tries again after a second. */
  readonly onReceiveError?: (error: unknown) => void;
}

export interface EventSourceMapping {
  /** Resolves once no message is taken any more and every running invocation has ended. */
  stop(): Promise<void>;
}

interface Mapping extends EventSourceMappingOptions {
  readonly description: QueueDescription;
  readonly slots: InvocationSlots;
  readonly turns: GroupTurns;
  readonly signal: AbortSignal;
}

const RECEIVE_RETRY_MS = 1_000;

/** Starts the mapping; throws `MappingRefused` where Lambda would refuse to create it. */
export async function startEventSourceMapping(
  options: EventSourceMappingOptions,
): Promise<EventSourceMapping> {
  const description = await options.queue.describe();
  checkMapping(options.config, description);
  const stopping = new AbortController();
  const mapping: Mapping = {
    ...options,
    description,
    slots: slotsFor(options, description),
    turns: createGroupTurns(),
    signal: stopping.signal,
  };
  const running = runMapping(mapping);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function slotsFor({ config, timers }: EventSourceMappingOptions, { isFifo }: QueueDescription) {
  const ceiling = config.maximumConcurrency ?? mappingLimits.concurrencyCeiling.value;
  return createInvocationSlots({
    timers,
    ceiling,
    // The active message groups of a FIFO queue are its only ramp.
    initial: isFifo ? ceiling : mappingLimits.concurrencyInitial.value,
    growthPerMinute: mappingLimits.concurrencyGrowthPerMinute.value,
  });
}

async function runMapping(mapping: Mapping): Promise<void> {
  const running = new Set<Promise<void>>();
  while (await mapping.slots.take(mapping.signal)) {
    const batch = await nextBatch(mapping);
    if (batch.length === 0) {
      mapping.slots.release();
      continue;
    }
    const processing = processBatch(mapping, batch).finally(() => {
      mapping.slots.release();
      running.delete(processing);
    });
    running.add(processing);
  }
  await Promise.all(running);
}

async function nextBatch(mapping: Mapping): Promise<ReceivedMessage[]> {
  const { queue, timers, config, signal, onReceiveError } = mapping;
  const { batchSize = 10, batchingWindowMs: windowMs = 0 } = config;
  try {
    return await collectBatch(queue, timers, { batchSize, windowMs, signal });
  } catch (error) {
    onReceiveError?.(error);
    await sleepUntil(timers, timers.nowMs() + RECEIVE_RETRY_MS, signal);
    return [];
  }
}

function processBatch(mapping: Mapping, batch: readonly ReceivedMessage[]): Promise<void> {
  const visibleAtMs = mapping.timers.nowMs() + mapping.description.visibilityTimeoutMs;
  const groups = mapping.description.isFifo
    ? new Set(batch.flatMap(({ attributes }) => attributes['MessageGroupId'] ?? []))
    : [];
  return mapping.turns.run([...groups], () => invokeBatch(mapping, batch, visibleAtMs));
}

async function invokeBatch(
  mapping: Mapping,
  batch: readonly ReceivedMessage[],
  visibleAtMs: number,
): Promise<void> {
  const { queue, timers, config, slots, onBatch } = mapping;
  const messageIds = new Set(batch.map(({ messageId }) => messageId));
  const startedAtMs = timers.nowMs();
  let failedIds: ReadonlySet<string> = messageIds;
  const report = (failure: { error?: unknown }): void =>
    onBatch?.({
      messageIds: [...messageIds],
      failedIds: [...failedIds],
      startedAtMs,
      endedAtMs: timers.nowMs(),
      ...failure,
    });
  try {
    const answer = await invokeUntilVisible(mapping, batch, visibleAtMs);
    failedIds = failedMessageIds(answer, messageIds, config.reportBatchItemFailures);
  } catch (error) {
    slots.backOff();
    report({ error });
    return;
  }
  const done = batch.filter(({ messageId }) => !failedIds.has(messageId));
  try {
    if (done.length > 0) await queue.delete(done.map(({ receiptHandle }) => receiptHandle));
  } catch (error) {
    report({ error });
    return;
  }
  report({});
}
