/** The queue behind an event-source mapping, and its adapter for the model in this process. */
import { pollMessages } from '../emulators/sqs/long-poll.ts';
import type { ReceivedMessage } from '../emulators/sqs/message.ts';
import type { SqsService } from '../emulators/sqs/sqs-service.ts';
import type { QueueDescription } from './mapping-config.ts';

export interface QueuePort {
  describe(): Promise<QueueDescription>;
  /** Up to `max` (at most 10) messages, as soon as there are any; none once the wait is over. */
  receive(request: PortReceive): Promise<ReceivedMessage[]>;
  /** Rejects if a message could not be deleted; it is then delivered again. */
  delete(receiptHandles: readonly string[]): Promise<void>;
}

interface PortReceive {
  readonly max: number;
  /** Infinity waits for as long as it takes. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** Works directly on the model, in the service's time: real or virtual. */
export function createModelQueuePort(service: SqsService, queueName: string): QueuePort {
  const { model, timers } = service;
  return {
    async describe() {
      const { arn, settings } = model.getQueue(queueName);
      return {
        arn,
        isFifo: settings.isFifo,
        visibilityTimeoutMs: settings.visibilityTimeoutSeconds * 1_000,
      };
    },
    receive: (request) => pollMessages(model, timers, queueName, request),
    async delete(receiptHandles) {
      const errors: unknown[] = [];
      for (const handle of receiptHandles) {
        try {
          model.getQueue(queueName).delete(handle, timers.nowMs());
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'messages were not deleted');
    },
  };
}
