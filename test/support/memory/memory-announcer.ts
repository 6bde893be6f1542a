import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { OutcomeAnnouncer } from '../../../shared/jobs/ports.ts';
import { isOutcome } from '../../../shared/jobs/states.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';

export interface MemoryAnnouncer extends OutcomeAnnouncer {
  /** The jobs announced, in order, as they then were. */
  readonly announced: readonly Job[];
  /** Refuses the next `announcements` as the bus would when it does not answer. */
  refuse(announcements: number): void;
}

export function createMemoryAnnouncer(): MemoryAnnouncer {
  const announced: Job[] = [];
  let refusals = 0;
  return {
    announced,
    refuse: (announcements) => {
      refusals = announcements;
    },
    async announce(job) {
      invariant(isOutcome(job.status), `job ${job.id} has no outcome to announce`);
      if (refusals > 0) {
        refusals -= 1;
        throw new SluiceError('store.unavailable', 'the bus does not answer');
      }
      announced.push(structuredClone(job));
    },
  };
}
