/**
 * Draws a plan from a seed. Each seed turns on a few kinds of faults and leaves the others out, so
 * that no kind hides behind another.
 */
import { hours, minutes, seconds } from '../../shared/kernel/duration.ts';
import { type Random, seededRandom } from '../../shared/kernel/random.ts';
import { CLOCK_ALLOWANCE_MS } from '../../shared/limiter/timings.ts';
import {
  type Fault,
  type HostKind,
  type Place,
  type Plan,
  ports,
  type VendorFault,
  type Work,
} from './plan.ts';
import { factsOf } from './vendors/all-vendors.ts';
import type { VendorFacts } from './vendors/vendor-facts.ts';

/** Two clocks are together off by less than the allowance, or the limiter promises nothing. */
const SKEW_MS = CLOCK_ALLOWANCE_MS / 2 - 5;
const TROUBLE_MS = minutes(4);

export function drawPlan(seed: number): Plan {
  const dice = createDice(seededRandom(seed));
  const calmAtMs = TROUBLE_MS;
  const name = dice.one(['automox', 'automox', 'opsramp', 'amp'] as const);
  const facts = factsOf(name);
  const kinds = faultKindsAt(facts);
  const chosen = dice.some(kinds, dice.whole(1, 4));
  return {
    seed,
    vendor: {
      name,
      counting: dice.one(['sliding', 'aligned', 'bucket']),
      countsAt: dice.one(['arrival', 'completion']),
      retryAfter: dice.one(['seconds', 'date', 'absent']),
    },
    skewsMs: Array.from({ length: 8 }, () => dice.between(-SKEW_MS, SKEW_MS)),
    work: drawWork(dice, facts),
    faults: chosen.flatMap((draw) =>
      Array.from({ length: dice.whole(1, 5) }, () => draw(dice, facts)),
    ),
    calmAtMs,
  };
}

export type Dice = ReturnType<typeof createDice>;

export function createDice(random: Random) {
  const whole = (least: number, most: number): number =>
    least + Math.floor(random() * (most - least + 1));
  const one = <T>(from: readonly T[]): T => {
    const drawn = from[whole(0, from.length - 1)];
    if (drawn === undefined) throw new RangeError('nothing to draw from');
    return drawn;
  };
  return {
    whole,
    one,
    between: (least: number, most: number): number => Math.round(least + random() * (most - least)),
    chance: (probability: number): boolean => random() < probability,
    some<T>(from: readonly T[], count: number): T[] {
      const left = [...from];
      return Array.from({ length: Math.min(count, left.length) }, () => {
        const [drawn] = left.splice(whole(0, left.length - 1), 1);
        return drawn as T;
      });
    },
  };
}

function drawWork(dice: Dice, { workKinds }: VendorFacts): Work[] {
  const tenants = ['a', 'b', 'c'].slice(0, dice.whole(1, 3));
  const count = dice.whole(4, 16);
  const burst = dice.chance(0.5);
  return Array.from({ length: count }, (_, name) => ({
    name,
    atMs: burst ? dice.between(0, seconds(2)) : dice.between(0, minutes(2)),
    kind: dice.one(workKinds),
    tenant: dice.one(tenants),
    urgent: dice.chance(0.1),
    way: dice.chance(0.7) ? 'http' : 'queue',
    ...(dice.chance(0.05) ? { deadlineMs: dice.between(seconds(1), minutes(3)) } : {}),
    ...(dice.chance(0.05) ? { cancelAfterMs: dice.between(0, minutes(2)) } : {}),
    ...(dice.chance(0.05) ? { conflictAfterMs: dice.between(seconds(5), minutes(1)) } : {}),
  }));
}

const drawPlace = (dice: Dice): Place => {
  const host: HostKind = dice.one([
    'worker',
    'worker',
    'worker',
    'worker',
    'api',
    'intake',
    'reconcile',
  ]);
  const invocation = dice.whole(1, host === 'worker' ? 30 : 6);
  return { host, invocation, step: dice.whole(1, host === 'worker' ? 14 : 4) };
};

const drawVendorFault = (dice: Dice): VendorFault => {
  const acted = dice.chance(0.5);
  return dice.one<VendorFault>([
    { kind: 'throttle', form: dice.one(['seconds', 'date']), retryAfterSeconds: dice.whole(1, 90) },
    { kind: 'throttle', form: 'seconds' },
    { kind: 'throttle', form: 'seconds', retryAfterSeconds: dice.one([-5, 0, 3_600]) },
    { kind: 'status', status: dice.one([500, 502, 503, 504]), acted },
    { kind: 'html', acted },
    { kind: 'silence', acted },
    { kind: 'cut', acted },
    { kind: 'half-body' },
  ]);
};

const drawMoment = (dice: Dice): number => dice.between(0, TROUBLE_MS);

const drawBudget = (dice: Dice, { limits }: VendorFacts): string => dice.one(Object.keys(limits));

/** A limit of the vendor's, and a lower one in its place. */
function drawLowered(dice: Dice, facts: VendorFacts) {
  const budget = drawBudget(dice, facts);
  const most = (facts.limits[budget]?.requests ?? 2) - 1;
  return { budget, requests: dice.whole(1, Math.min(5, most)) };
}

type DrawFault = (dice: Dice, facts: VendorFacts) => Fault;

/** Those that can happen at that vendor. */
export const faultKindsAt = ({ givesTokens }: VendorFacts): readonly DrawFault[] =>
  Object.entries<DrawFault>(faultKinds).flatMap(([kind, draw]) =>
    kind === 'tokens-end' && !givesTokens ? [] : [draw],
  );

/** One drawing of each kind of fault. */
export const faultKinds = {
  crash: (dice) => ({ kind: 'crash', when: dice.one(['before', 'after']), ...drawPlace(dice) }),
  freeze: (dice) => ({
    kind: 'freeze',
    forMs: dice.one([500, seconds(3), seconds(6), seconds(30)]),
    ...drawPlace(dice),
  }),
  'lost-answer': (dice) => ({ kind: 'lost-answer', ...drawPlace(dice) }),
  repeated: (dice) => ({ kind: 'repeated', ...drawPlace(dice) }),
  outage: (dice) => ({
    kind: 'outage',
    port: dice.one(ports),
    fromMs: drawMoment(dice),
    forMs: dice.one([seconds(1), seconds(10), seconds(60)]),
  }),
  duplicate: (dice) => ({
    kind: 'duplicate',
    host: dice.chance(0.8) ? 'worker' : 'intake',
    invocation: dice.whole(1, 20),
    afterMs: dice.one([0, 10, 100, seconds(2)]),
  }),
  vendor: (dice) => ({ kind: 'vendor', request: dice.whole(1, 25), fault: drawVendorFault(dice) }),
  slow: (dice) => ({
    kind: 'slow',
    request: dice.whole(1, 25),
    thereMs: dice.one([0, seconds(1), seconds(14), seconds(17)]),
    backMs: dice.one([0, seconds(2), seconds(13)]),
  }),
  foreign: (dice, facts) => ({
    kind: 'foreign',
    atMs: drawMoment(dice),
    budget: drawBudget(dice, facts),
    calls: dice.whole(1, 6),
  }),
  lowered: (dice, facts) => ({
    kind: 'lowered',
    ...drawLowered(dice, facts),
    atMs: drawMoment(dice),
    forMs: dice.one([minutes(1), minutes(3), hours(24)]),
  }),
  rivals: (dice) => ({
    kind: 'rivals',
    fromMs: drawMoment(dice),
    forMs: dice.one([minutes(1), hours(24)]),
  }),
  pause: (dice, facts) => ({
    kind: 'pause',
    budget: drawBudget(dice, facts),
    fromMs: drawMoment(dice),
    forMs: dice.one([seconds(20), minutes(2)]),
  }),
  'clock-step': (dice) => ({
    kind: 'clock-step',
    environment: dice.whole(1, 4),
    atMs: drawMoment(dice),
    byMs: dice.one([-1, 1]) * dice.one([seconds(2), seconds(5), minutes(10)]),
    forMs: dice.one([seconds(10), minutes(1)]),
  }),
  rotation: (dice) => ({ kind: 'rotation', atMs: drawMoment(dice) }),
  'tokens-end': (dice) => ({ kind: 'tokens-end', atMs: drawMoment(dice) }),
  deploy: (dice, facts) => ({
    kind: 'deploy',
    atMs: drawMoment(dice),
    ...(dice.chance(0.6) ? { lowered: drawLowered(dice, facts) } : {}),
  }),
  poison: (dice) => ({
    kind: 'poison',
    atMs: drawMoment(dice),
    // Seldom on the lane, where it is received a thousand times.
    queue: dice.chance(0.95) ? 'intake' : 'lane',
    body: dice.one([' ', 'no JSON', '[]', '{}', '{"jobId":"job-of-nobody"}', '{"type":7}']),
  }),
  killer: (dice) => ({ kind: 'killer', work: dice.whole(0, 15), killsAt: dice.whole(1, 10) }),
} as const satisfies Readonly<Record<string, DrawFault>>;
