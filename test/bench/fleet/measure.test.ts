import { describe, expect, it } from 'vitest';
import { fleetJobs } from '../../../bench/fleet/fleet-jobs.ts';
import { type Facts, findMisses, measure } from '../../../bench/fleet/measure.ts';
import { describeFigures } from '../../../bench/fleet/report.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';
import { describeJob } from '../../../shared/jobs/describe-job.ts';
import { sampleJob } from '../../support/sample-job.ts';

const sizes = { devices: 1_000, alerts: 10, computers: 10 };
const [, , planned] = fleetJobs(sizes);

const view = (change: Partial<JobView> = {}): JobView => ({
  ...describeJob(sampleJob({ id: 'job_a', status: 'succeeded' })),
  attempts: 12,
  ...change,
});

const limit = { limit: 200, windowMs: 60_000, fullest: 10, arrivals: 12, refused: 0, scopes: {} };

/** A run in which all is well, but for `change`. */
function factsWith(change: {
  readonly view?: Partial<JobView>;
  readonly limit?: Partial<typeof limit>;
  readonly done?: number;
  readonly rowBytes?: number;
  readonly peakMemoryMb?: number;
}): Facts {
  if (!planned) throw new RangeError('there is a third job');
  const limits = {
    'client.alerts.write': { ...limit, ...change.limit },
    unused: { ...limit, arrivals: 0 },
  };
  return {
    jobs: [{ planned, view: view(change.view) }],
    vendors: [
      {
        provider: 'opsramp',
        audit: { arrivals: 12, limits },
        done: change.done ?? 10,
        peakMemoryMb: change.peakMemoryMb,
      },
    ],
    rowBytes: new Map([['job_a', change.rowBytes ?? 20_000]]),
  };
}

const missesWith = (change: Parameters<typeof factsWith>[0]) =>
  findMisses(measure(factsWith(change)));

describe('the figures of a fleet-sized run', () => {
  it('are as they should be where all is done in the fewest calls', () => {
    expect(missesWith({})).toEqual([]);
    const text = describeFigures(measure(factsWith({})), []);
    expect(text).toMatch(/acknowledge 10 alerts +succeeded +10 of 10 +\d+ +12 +12 +1\.000/);
    expect(text).toContain('1 token + 1 pages to choose them + 10 acknowledgements');
    expect(text).not.toContain('unused');
  });

  it.each([
    ['a limit that was exceeded', { limit: { fullest: 201 } }, /client\.alerts\.write: 201 of 200/],
    ['an answer 429', { limit: { refused: 1 } }, /1 answers 429/],
    ['an item that is missing', { done: 9 }, /9 of 10 done/],
    ['a job that failed', { view: { status: 'partial' as const } }, /alerts: partial/],
    ['more calls than needed', { view: { attempts: 13 } }, /13 calls, 12 and 0 would do/],
    [
      'calls that no job tells of',
      { view: { attempts: 11 } },
      /counted 12 calls, the jobs tell of 11/,
    ],
    ['a large row', { rowBytes: 110_000 }, /110000 bytes/],
    ['a worker that holds too much', { peakMemoryMb: 600 }, /600 MB, of 512/],
  ])('name %s', (_what, change, message) => {
    expect(missesWith(change).join('\n')).toMatch(message);
  });
});
