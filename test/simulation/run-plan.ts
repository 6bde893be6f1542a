/** Plays one plan from its first job to the end of the last, and says what it broke, if anything. */

import type { Job } from '../../shared/jobs/job.ts';
import { hours, minutes, seconds } from '../../shared/kernel/duration.ts';
import { sum } from '../../shared/kernel/sum.ts';
import { checkEnd } from './check-end.ts';
import { createFates } from './fates.ts';
import { createNetwork } from './network.ts';
import { planOperators } from './operators.ts';
import type { Oracle, Violation } from './oracle.ts';
import type { Place, Plan } from './plan.ts';
import { createServices, type Services } from './services.ts';
import { startSluice } from './sluice.ts';
import { isTooLate, startTraffic, type Wanted } from './traffic.ts';
import { createVendor } from './vendor.ts';
import { createWorld, type World } from './world.ts';

export interface History {
  readonly plan: Plan;
  readonly violation: Violation | undefined;
  /** Simulated milliseconds. */
  readonly elapsedMs: number;
  readonly trace: readonly string[];
  readonly places: readonly Place[];
  readonly countsMs: Oracle['countsMs'];
  readonly receives: World['receives'];
  /** The rows of the plan's jobs, as they ended. */
  readonly jobs: readonly Job[];
}

/** A reset of hours is believed for two; a worker killed in its last step frees its message late. */
const PATIENCE_MS = hours(3);

/** A 429 that comes when the one before is over begins its wait then. */
const stoppedMs = ({ faults }: Plan): number =>
  sum(
    faults.map((it) =>
      it.kind === 'vendor' && it.fault.kind === 'throttle'
        ? seconds(it.fault.retryAfterSeconds ?? 0)
        : 0,
    ),
  );
/** For the thousand receives of a message that is none, some of them by processes that die. */
const GIVEN_UP_MS = hours(12);
/** For the message of the last job to be given up, and for tags to show. */
const SETTLE_MS = minutes(8);

export async function runPlan(plan: Plan, traced = false): Promise<History> {
  const world = createWorld(plan, traced);
  const fates = createFates(plan);
  const services = createServices(world);
  const vendor = createVendor(world, fates);
  const network = createNetwork(world, fates, vendor);
  const sluice = await startSluice(world, fates, services, { network, vendor });
  const wanted = startTraffic(world, sluice, services, vendor);
  planOperators(world, services, vendor);
  const { oracle, clock } = world;
  const isOver = (): boolean => oracle.violation !== undefined || allEnded(world, services, wanted);
  const late = await clock.runUntil(isOver, plan.calmAtMs + PATIENCE_MS + stoppedMs(plan)).then(
    () => false,
    () => true,
  );
  if (late) oracle.accuse('outcome', `no outcome of ${await describeOpen(services, wanted)}`);
  if (!oracle.violation) {
    await clock.advanceBy(SETTLE_MS);
    // A message that is hidden until a far instant is given up when it comes back.
    await clock.runUntil(() => services.lane.backlog() === 0, GIVEN_UP_MS).catch(() => undefined);
    await checkEnd(world, services, sluice, vendor, wanted);
  }
  return {
    plan,
    violation: oracle.violation,
    elapsedMs: world.elapsedMs(),
    trace: world.trace.lines,
    places: world.places,
    countsMs: oracle.countsMs,
    receives: world.receives,
    jobs: await rowsOf(services, wanted),
  };
}

const rowsOf = async (services: Services, wanted: readonly Wanted[]): Promise<readonly Job[]> =>
  (await Promise.all(wanted.map(({ id }) => services.jobs.find(id)))).filter(
    (job) => job !== undefined,
  );

async function describeOpen(services: Services, wanted: readonly Wanted[]): Promise<string> {
  const open = wanted.filter((one) => !isEnded(services, one));
  const rows = await Promise.all(open.map(({ id }) => services.jobs.find(id)));
  const words = open.map(
    ({ work }, at) => `${work.kind} ${work.name} (${rows[at]?.status ?? 'no row'})`,
  );
  return `${words.join(', ')}; ${services.lane.backlog()} on the lane`;
}

const isEnded = (services: Services, { id, work }: Wanted): boolean =>
  services.announcer.announced.some((job) => job.id === id) || isTooLate(services, work);

/** A caller that has had no answer yet asks again, however long that takes. */
const allEnded = (world: World, services: Services, wanted: readonly Wanted[]): boolean =>
  world.elapsedMs() > lastMomentMs(world.plan) &&
  wanted.every((one) => one.refused || (one.accepted && isEnded(services, one)));

const lastMomentMs = ({ work }: Plan): number =>
  Math.max(
    0,
    ...work.map((one) => one.atMs + Math.max(one.cancelAfterMs ?? 0, one.conflictAfterMs ?? 0)),
  ) + seconds(10);
