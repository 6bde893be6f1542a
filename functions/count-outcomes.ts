import type { OutcomeAnnouncer } from '../shared/jobs/ports.ts';
import type { FunctionMetrics } from './metrics.ts';

/**
 * The same announcer, whose outcomes are counted: wherever a job ends, it is announced. One that has
 * to be announced again is counted again.
 */
export const countOutcomes = (
  announcer: OutcomeAnnouncer,
  metrics: FunctionMetrics,
): OutcomeAnnouncer => ({
  async announce(job) {
    await announcer.announce(job);
    const { provider: Provider = 'none', status: Outcome, waitedMs } = job;
    metrics.add('Outcomes', 1, { Provider, Outcome });
    metrics.add('JobWaitMs', waitedMs, { Provider });
  },
});
