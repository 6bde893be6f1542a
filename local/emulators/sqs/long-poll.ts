/**
 * A receive that waits until there is something to receive.
 *
 * Guarantees: it wakes as soon as a message is receivable, by a change or by time alone; once its
 * signal is aborted it takes nothing any more, so a client that went away swallows no message.
 */
import { SqsError } from './errors.ts';
import type { ReceivedMessage } from './message.ts';
import type { ReceiveRequest } from './receive-messages.ts';
import type { SqsModel } from './sqs-model.ts';
import type { Timers } from './timers.ts';

export interface PollRequest extends ReceiveRequest {
  /** 0 looks once; Infinity waits until the signal. */
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Answers no messages when the wait or the signal ended first; throws what a receive throws. */
export function pollMessages(
  model: SqsModel,
  timers: Timers,
  queueName: string,
  request: PollRequest,
): Promise<ReceivedMessage[]> {
  const { waitMs, signal } = request;
  if (signal?.aborted === true) return Promise.resolve([]);
  const deadlineMs = timers.nowMs() + waitMs;
  const { promise, resolve, reject } = Promise.withResolvers<ReceivedMessage[]>();
  let cancelTimer = (): void => {};

  const look = (): void => {
    cancelTimer();
    // One instant for both questions: a message due between two of them would answer neither.
    const nowMs = timers.nowMs();
    try {
      const messages = receiveNow(model, queueName, request, nowMs);
      if (messages.length > 0 || nowMs >= deadlineMs) {
        end(messages);
        return;
      }
      const changeAtMs = model.getQueue(queueName).nextChangeAtMs(nowMs) ?? deadlineMs;
      const wakeAtMs = Math.min(changeAtMs, deadlineMs);
      if (wakeAtMs < Number.POSITIVE_INFINITY) cancelTimer = timers.setTimer(wakeAtMs, look);
    } catch (error) {
      reject(error);
      end([]);
    }
  };
  const giveUp = (): void => end([]);
  const unsubscribe = model.subscribe(queueName, look);
  const end = (messages: ReceivedMessage[]): void => {
    cancelTimer();
    unsubscribe();
    signal?.removeEventListener('abort', giveUp);
    resolve(messages);
  };
  signal?.addEventListener('abort', giveUp);
  look();
  return promise;
}

function receiveNow(
  model: SqsModel,
  queueName: string,
  request: PollRequest,
  nowMs: number,
): ReceivedMessage[] {
  try {
    return model.getQueue(queueName).receive(request, nowMs);
  } catch (error) {
    // A long poll meets the in-flight limit in silence. Source: Amazon SQS API: ReceiveMessage.
    if (error instanceof SqsError && error.code === 'OverLimit' && request.waitMs > 0) return [];
    throw error;
  }
}
