import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { JobQueue, QueueMessage } from '../../../shared/jobs/ports.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';

export interface SentMessage extends QueueMessage {
  readonly provider: string;
  readonly group: string;
}

export interface MemoryQueue extends JobQueue {
  /** What was sent, in order. */
  readonly sent: readonly SentMessage[];
  /** Refuses the next `sends` as SQS would when it does not answer. */
  refuse(sends: number): void;
}

/** Records what is sent; delivers nothing. */
export function createMemoryQueue(): MemoryQueue {
  const sent: SentMessage[] = [];
  let refusals = 0;
  return {
    sent,
    refuse: (sends) => {
      refusals = sends;
    },
    async send({ id, run, provider, group }) {
      invariant(provider !== undefined, `job ${id} has no provider, so no lane`);
      if (refusals > 0) {
        refusals -= 1;
        throw new SluiceError('store.unavailable', 'the queue does not answer');
      }
      sent.push({ jobId: id, run, provider, group });
    },
  };
}
