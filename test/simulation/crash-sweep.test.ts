import { describe, expect, it } from 'vitest';
import { seconds } from '../../shared/kernel/duration.ts';
import type { Fault, Place, Plan, WorkKind } from './plan.ts';
import { explain } from './report.ts';
import { runPlan } from './run-plan.ts';

const kinds: readonly WorkKind[] = ['tag', 'chunks', 'list', 'run', 'command', 'group'];

/** One job in a world where nothing goes wrong but `faults`. */
const planOf = (kind: WorkKind, way: 'http' | 'queue', faults: readonly Fault[]): Plan => ({
  seed: 1,
  vendor: { counting: 'sliding', countsAt: 'completion', retryAfter: 'seconds' },
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

describe.each(kinds)('S16 a job of kind %s', (kind) => {
  it.each(['http', 'queue'] as const)(
    'sent by %s keeps every promise, whatever happens to any one call of a port',
    async (way) => {
      const places = await expectUnbroken(planOf(kind, way, []));
      expect(places.length).toBeGreaterThan(8);
      for (const place of places) {
        for (const fault of fatesAt(place)) await expectUnbroken(planOf(kind, way, [fault]));
      }
    },
  );
});

describe.each(['run', 'command', 'group'] as const)('S16 a job of kind %s', (kind) => {
  it('keeps every promise where its second worker dies as well, wherever both do', async () => {
    const places = await expectUnbroken(planOf(kind, 'http', []));
    const ofWorkers = places.filter(({ host }) => host === 'worker');
    expect(ofWorkers.length).toBeGreaterThan(6);
    for (const first of ofWorkers) {
      const death: Fault = { kind: 'crash', when: 'after', ...first };
      const after = await expectUnbroken(planOf(kind, 'http', [death]));
      for (const second of after.filter((it) => it.host === 'worker' && it.invocation === 2)) {
        const again: Fault = { kind: 'crash', when: 'before', ...second };
        await expectUnbroken(planOf(kind, 'http', [death, again]));
      }
    }
  });
});
