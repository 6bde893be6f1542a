import { describe, expect, it } from 'vitest';
import { seconds } from '../../shared/kernel/duration.ts';
import {
  type Fault,
  type Place,
  type Plan,
  type VendorName,
  vendorNames,
  type Work,
} from './plan.ts';
import { explain } from './report.ts';
import { runPlan } from './run-plan.ts';
import { factsOf } from './vendors/all-vendors.ts';

interface Job extends Pick<Work, 'kind' | 'way'> {
  readonly vendor: VendorName;
}

/** One job in a world where nothing goes wrong but `faults`. */
const planOf = ({ vendor, kind, way }: Job, faults: readonly Fault[]): Plan => ({
  seed: 1,
  vendor: { name: vendor, counting: 'sliding', countsAt: 'completion', retryAfter: 'seconds' },
  skewsMs: [0, 200, -200],
  work: [{ name: 3, atMs: 0, kind, tenant: 'a', urgent: false, way }],
  faults,
  calmAtMs: 0,
});

/** All that can happen to one call of a port. */
const fatesAt = (place: Place): readonly Fault[] => [
  { kind: 'crash', when: 'before', ...place },
  { kind: 'crash', when: 'after', ...place },
  { kind: 'lost-answer', ...place },
  { kind: 'repeated', ...place },
  { kind: 'freeze', forMs: seconds(6), ...place },
  { kind: 'freeze', forMs: seconds(30), ...place },
];

async function expectUnbroken(plan: Plan): Promise<readonly Place[]> {
  const history = await runPlan(plan);
  if (history.violation) throw new Error(await explain(history));
  return history.places.filter(({ host }) => host !== 'reconcile');
}

const kinds = vendorNames.flatMap((vendor) =>
  [...new Set(factsOf(vendor).workKinds)].map((kind) => ({ vendor, kind })),
);

describe.each(kinds)('S16 a job of kind $kind at $vendor', (job) => {
  // The way in knows no vendor: each is gone with one of them.
  it.each(job.vendor === 'automox' ? (['http', 'queue'] as const) : (['http'] as const))(
    'sent by %s keeps every promise, whatever happens to any one call of a port',
    async (way) => {
      const places = await expectUnbroken(planOf({ ...job, way }, []));
      expect(places.length).toBeGreaterThan(8);
      for (const place of places) {
        for (const fault of fatesAt(place)) await expectUnbroken(planOf({ ...job, way }, [fault]));
      }
    },
  );
});

const unrepeatable = [
  ...['run', 'command', 'group'].map((kind) => ({ vendor: 'automox' as const, kind })),
  ...['ticket', 'start'].map((kind) => ({ vendor: 'opsramp' as const, kind })),
  ...['isolate', 'group'].map((kind) => ({ vendor: 'amp' as const, kind })),
];

describe.each(unrepeatable)('S16 a job of kind $kind at $vendor', (named) => {
  it('keeps every promise where its second worker dies as well, wherever both do', async () => {
    const job: Job = { ...named, way: 'http' };
    const places = await expectUnbroken(planOf(job, []));
    const ofWorkers = places.filter(({ host }) => host === 'worker');
    expect(ofWorkers.length).toBeGreaterThan(6);
    for (const first of ofWorkers) {
      const death: Fault = { kind: 'crash', when: 'after', ...first };
      const after = await expectUnbroken(planOf(job, [death]));
      for (const second of after.filter((it) => it.host === 'worker' && it.invocation === 2)) {
        const again: Fault = { kind: 'crash', when: 'before', ...second };
        await expectUnbroken(planOf(job, [death, again]));
      }
    }
  });
});
