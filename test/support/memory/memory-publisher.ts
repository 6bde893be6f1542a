import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { JobEvent, JobEventPublisher } from '../../../shared/jobs/ports.ts';

export interface MemoryPublisher extends JobEventPublisher {
  /** The events published, in order. */
  readonly published: readonly JobEvent[];
  /** Refuses the next `publications` as the bus would when it does not answer. */
  refuse(publications: number): void;
}

export function createMemoryPublisher(): MemoryPublisher {
  const published: JobEvent[] = [];
  let refusals = 0;
  return {
    published,
    refuse: (publications) => {
      refusals = publications;
    },
    async publish(_job, events) {
      if (refusals > 0) {
        refusals -= 1;
        throw new SluiceError('store.unavailable', 'the bus does not answer');
      }
      published.push(...structuredClone(events));
    },
  };
}
