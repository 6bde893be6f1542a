import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { CLOCK_ALLOWANCE_MS } from '../../shared/limiter/timings.ts';
import { createDice, faultKinds } from './draw-plan.ts';
import type { Plan, Work } from './plan.ts';
import { explain } from './report.ts';
import { type History, runPlan } from './run-plan.ts';
import { factsOf } from './vendors/all-vendors.ts';

const [REQUESTS, WINDOW_MS] = [5, minutes(1)];
/** A call, the writes around it, and what the network takes. */
const CALL_MS = 500;
/** What a permit does in the best case: it rests, and is used again. */
const CEILING = WINDOW_MS / (WINDOW_MS + CLOCK_ALLOWANCE_MS + CALL_MS);

const CALM_MS = minutes(3);
/** Then lost permits are free again and the messages of dead workers are visible again. */
const STEADY_MS = CALM_MS + minutes(5);
const MEASURED_MS = minutes(10);

const tenants = ['a', 'b', 'c'];

/** Of these each is over when the calm begins, and costs no line more than another. */
const passingKinds = [
  ...[faultKinds.crash, faultKinds.freeze, faultKinds['lost-answer'], faultKinds.repeated],
  ...[faultKinds.outage, faultKinds.duplicate, faultKinds.vendor, faultKinds.slow],
  ...[faultKinds.foreign, faultKinds.pause, faultKinds['clock-step'], faultKinds.rotation],
];

const tag = (name: number, more: Partial<Work>): Work => ({
  name,
  atMs: 0,
  kind: 'tag',
  tenant: 'a',
  urgent: false,
  way: 'http',
  ...more,
});

/** A backlog of three tenants, trouble for three minutes, then a late small tenant and an urgent job. */
function drawBacklog(seed: number): Plan {
  const dice = createDice(seededRandom(seed));
  const kinds = dice.some(passingKinds, 3);
  const backlog = tenants.flatMap((tenant, line) =>
    Array.from({ length: 40 }, (_, n) => tag(line * 40 + n, { tenant })),
  );
  return {
    seed,
    vendor: { name: 'automox', counting: 'sliding', countsAt: 'arrival', retryAfter: 'seconds' },
    skewsMs: Array.from({ length: 8 }, () => dice.between(-200, 200)),
    work: [
      ...backlog,
      tag(200, { tenant: 'late', atMs: STEADY_MS + minutes(1) }),
      tag(201, { tenant: 'late', atMs: STEADY_MS + minutes(1) }),
      tag(202, { tenant: 'a', atMs: STEADY_MS + minutes(3), urgent: true }),
    ],
    faults: kinds
      .flatMap((draw) => Array.from({ length: 4 }, () => draw(dice, factsOf('automox'))))
      .map((fault) => shortened(fault)),
    calmAtMs: CALM_MS,
  };
}

type Drawn = Plan['faults'][number];

/** What would last beyond the calm is no matter of draining. */
function shortened(fault: Drawn): Drawn {
  if (fault.kind === 'vendor' && fault.fault.kind === 'throttle') {
    return { ...fault, fault: { kind: 'throttle', form: 'seconds', retryAfterSeconds: 20 } };
  }
  const startsMs = 'fromMs' in fault ? 'fromMs' : 'atMs' in fault ? 'atMs' : undefined;
  return startsMs === undefined ? fault : ({ ...fault, [startsMs]: seconds(30) } as Drawn);
}

async function play(seed: number): Promise<History> {
  const history = await runPlan(drawBacklog(seed));
  if (history.violation) throw new Error(await explain(history));
  return history;
}

const within = (atMs: number): boolean => atMs >= STEADY_MS && atMs < STEADY_MS + MEASURED_MS;

/** When calls of each tenant were answered, in milliseconds from the beginning. */
function answeredMs(history: History): ReadonlyMap<string, readonly number[]> {
  const byTenant = new Map<string, number[]>();
  for (const { tenant, timeline } of history.jobs) {
    for (const entry of timeline) {
      if (entry.event !== 'call') continue;
      byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), entry.at - START_MS]);
    }
  }
  return byTenant;
}

const START_MS = Date.UTC(2026, 0, 1);

const jain = (shares: readonly number[]): number => {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total ** 2 / (shares.length * shares.reduce((sum, share) => sum + share ** 2, 0));
};

describe.each(Array.from({ length: 12 }, (_, n) => 9_000 + n))(
  'a backlog after trouble, seed %i',
  (seed) => {
    it('drains at 95 % of the ceiling, in turns, and lets the late and the urgent through', async () => {
      const history = await play(seed);
      const calls = (history.countsMs.get('servers.batch') ?? []).filter(within).length;
      const least = (REQUESTS * MEASURED_MS * CEILING * 0.95) / WINDOW_MS;
      expect(calls).toBeGreaterThanOrEqual(Math.floor(least));

      const answered = answeredMs(history);
      const shares = tenants.map((tenant) => (answered.get(tenant) ?? []).filter(within).length);
      expect(jain(shares)).toBeGreaterThanOrEqual(0.95);

      const cycleMs = WINDOW_MS / CEILING + seconds(1);
      const late = (answered.get('late') ?? []).toSorted((a, b) => a - b);
      const [first = 0, second = 0] = late;
      expect(first - (STEADY_MS + minutes(1))).toBeLessThanOrEqual(cycleMs);
      expect(second - (STEADY_MS + minutes(1))).toBeLessThanOrEqual(2 * cycleMs);
      const urgent = history.jobs.find(({ priority }) => priority === 'urgent');
      expect(urgent?.waitedMs).toBeLessThanOrEqual(cycleMs);

      const receives = [...history.receives.values()].filter(({ firstMs }) => firstMs >= STEADY_MS);
      expect(receives.length).toBeGreaterThan(40);
      expect(Math.max(...receives.map(({ count }) => count))).toBeLessThanOrEqual(4);
    });
  },
);
