/**
 * A throttled invocation is tried again, ever more slowly, until the messages become visible and so
 * belong to the queue again. Source: AWS Lambda Developer Guide: backoff strategy for failed
 * invocations of an SQS event source.
 */
import type { SQSEvent } from 'aws-lambda';
import type { ReceivedMessage } from '../emulators/sqs/message.ts';
import type { Timers } from '../emulators/sqs/timers.ts';
import type { InvocationSlots } from './invocation-slots.ts';
import type { QueueDescription } from './mapping-config.ts';
import { sleepUntil } from './sleep-until.ts';
import { sqsEvent } from './sqs-event.ts';

/** Runs the function once; its answer is what the handler returned. */
export type InvokeFunction = (event: SQSEvent) => Promise<unknown>;

/** Lambda had no room to run the function: it did not start. */
export class InvocationThrottled extends Error {
  override readonly name = 'InvocationThrottled';
}

export interface ThrottledInvocation {
  readonly invoke: InvokeFunction;
  readonly timers: Timers;
  readonly slots: InvocationSlots;
  readonly signal: AbortSignal;
  readonly description: QueueDescription;
}

const FIRST_PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 60_000;

/** The function's answer; throws what it threw, or the throttle once there is no time left. */
export async function invokeUntilVisible(
  { invoke, timers, slots, signal, description }: ThrottledInvocation,
  batch: readonly ReceivedMessage[],
  visibleAtMs: number,
): Promise<unknown> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
    try {
      return await invoke(sqsEvent(batch, description.arn));
    } catch (error) {
      const againAtMs = timers.nowMs() + pauseMs;
      const isThrottled = error instanceof InvocationThrottled;
      if (!isThrottled || againAtMs >= visibleAtMs || signal.aborted) throw error;
      slots.backOff();
      await sleepUntil(timers, againAtMs, signal);
    }
  }
}
