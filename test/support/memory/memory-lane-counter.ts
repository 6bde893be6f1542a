import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { LaneCounter } from '../../../shared/jobs/ports.ts';

export interface MemoryLaneCounter extends LaneCounter {
  /** How often it was asked. */
  readonly asked: number;
  set(messages: number): void;
  /** Fails the next counts as SQS would when it does not answer. */
  refuse(counts: number): void;
}

/** Every lane holds as many messages as it is told. */
export function createMemoryLaneCounter(messages = 0): MemoryLaneCounter {
  let held = messages;
  let asked = 0;
  let refusals = 0;
  return {
    get asked() {
      return asked;
    },
    set: (next) => {
      held = next;
    },
    refuse: (counts) => {
      refusals = counts;
    },
    async count() {
      asked += 1;
      if (refusals > 0) {
        refusals -= 1;
        throw new SluiceError('store.unavailable', 'the queue does not answer');
      }
      return held;
    },
  };
}
