/**
 * Faults on demand: what AWS does now and then, at the request of a test or a demo.
 *
 * - `throttle`: refused with RequestThrottled, nothing done.
 * - `internal-error`: refused with a 500, nothing done.
 * - `answer-lost`: done, but the connection breaks before the answer.
 * - `duplicate-delivery`: of ReceiveMessage on a standard queue: the messages stay visible.
 */
export type SqsFault = 'throttle' | 'internal-error' | 'answer-lost' | 'duplicate-delivery';

export interface SqsFaults {
  /** The next `times` calls of `operation` (`SendMessage`, …) meet `fault`, after earlier ones. */
  inject(operation: string, fault: SqsFault, times?: number): void;
  /** Takes the fault that the next call of `operation` meets. */
  take(operation: string): SqsFault | undefined;
  /** Injected faults that no call has met yet. */
  pending(): number;
}

export function createSqsFaults(): SqsFaults {
  const queues = new Map<string, SqsFault[]>();
  return {
    inject(operation, fault, times = 1) {
      const queue = queues.get(operation) ?? [];
      queues.set(operation, [...queue, ...Array<SqsFault>(times).fill(fault)]);
    },
    take: (operation) => queues.get(operation)?.shift(),
    pending: () => [...queues.values()].reduce((sum, queue) => sum + queue.length, 0),
  };
}
