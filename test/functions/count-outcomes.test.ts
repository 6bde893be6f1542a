import { describe, expect, it } from 'vitest';
import { countOutcomes } from '../../functions/count-outcomes.ts';
import { createMemoryAnnouncer } from '../support/memory/memory-announcer.ts';
import { sampleJob } from '../support/sample-job.ts';
import { createMeasuredMetrics } from './metric-lines.ts';

describe('counted outcomes', () => {
  it('are what was announced, by vendor and outcome, with how long the job waited', async () => {
    const { metrics, measured } = createMeasuredMetrics();
    const announcer = createMemoryAnnouncer();
    const counting = countOutcomes(announcer, metrics);
    await counting.announce(sampleJob({ status: 'uncertain', waitedMs: 1_500 }));
    expect(announcer.announced).toHaveLength(1);
    expect(measured()).toEqual([
      {
        name: 'Outcomes',
        dimensions: { Provider: 'automox', Outcome: 'uncertain' },
        values: [1],
      },
      { name: 'JobWaitMs', dimensions: { Provider: 'automox' }, values: [1_500] },
    ]);
  });

  it('hold none that could not be announced: it will be again', async () => {
    const { metrics, measured } = createMeasuredMetrics();
    const failing = { announce: () => Promise.reject(new Error('the bus does not answer')) };
    const job = sampleJob({ status: 'failed' });
    await expect(countOutcomes(failing, metrics).announce(job)).rejects.toThrow('the bus');
    expect(measured()).toEqual([]);
  });
});
