/** Runs a pattern in virtual time, over the same models and against the same vendor as Sluice. */
import { createSqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import { createVirtualClock } from '../../../test/support/virtual-clock.ts';
import { callsOf, isAccepted } from '../calls-of.ts';
import { nothingBilled } from '../cost/prices.ts';
import { createKillPlan } from '../kill-plan.ts';
import { createNetwork } from '../network.ts';
import { createNetworkedVendor } from '../networked-vendor.ts';
import type { PlacedJob, RunFacts, Usage } from '../run-facts.ts';
import { LIMIT, type Scenario } from '../scenarios.ts';
import { ORGANIZATION_ID } from '../work.ts';
import { type Feed, feedPattern } from './feed-pattern.ts';
import type { Pattern } from './pattern.ts';
import { createPatternFunction, type PatternFunction } from './pattern-function.ts';
import { createPatternQueue, type PatternQueue } from './pattern-queue.ts';
import { createPlaceLog, type PlaceLog } from './place-log.ts';
import { scheduleJobs, scheduleOutage } from './schedule-jobs.ts';
import { WINDOW_MS } from './window.ts';

export async function runPattern(pattern: Pattern, scenario: Scenario): Promise<RunFacts> {
  const clock = createVirtualClock();
  const service = createSqsService({ timers: clock });
  const queue = createPatternQueue(service, pattern.maxReceiveCount);
  const simulator = createAutomoxSimulator({ clock, fleet: { devices: 20 } });
  const [device = 0] = simulator.org(ORGANIZATION_ID).devices.keys();
  const vendor = createNetworkedVendor(simulator, createNetwork(scenario, WINDOW_MS), clock);
  const kills = createKillPlan(scenario.kills, WINDOW_MS, clock);
  const places = createPlaceLog(clock, LIMIT, WINDOW_MS);
  scheduleOutage(scenario, clock, places.setDown);
  const placed: PlacedJob[] = [];
  await scheduleJobs(scenario, clock, ({ tenant, urgent }, index) => {
    const key = `bench-${index}`;
    placed.push({ key, tenant, urgent, placedAtMs: clock.nowMs() });
    queue.send(key);
  });
  const surroundings = { clock, queue, vendor, places, kills, device };
  const lambda = createPatternFunction(pattern, surroundings);
  const feed = await feedPattern(pattern, service, queue, lambda);

  const jobs = scenario.jobs('virtual').length;
  const endsAtMs = clock.nowMs() + scenario.endsAfterWindows.virtual * WINDOW_MS;
  clock.setTimer(endsAtMs, () => undefined);
  const accepted = acceptedIn(simulator.arrivals);
  await clock.runUntil(() => accepted() + queue.deadLetters() >= jobs || clock.nowMs() >= endsAtMs);
  const calls = callsOf(simulator.arrivals, placed, device);
  const served = new Set(calls.filter(({ status }) => isAccepted(status)).map(({ key }) => key));
  return {
    row: pattern.row,
    scenario: scenario.name,
    windowMs: WINDOW_MS,
    limit: LIMIT,
    jobs: placed,
    calls,
    lost: queue.takeDeadLetters().filter((key) => !served.has(key)),
    kills: kills.kills(),
    usage: usageOf(pattern, { queue, places, lambda, feed }, served.size),
  };
}

interface Metered {
  readonly queue: PatternQueue;
  readonly places: PlaceLog;
  readonly lambda: PatternFunction;
  readonly feed: Feed;
}

/** Each served job pays for its own sending; what still waits is not billed to it. */
function usageOf(
  { memoryMb, usesStore }: Pattern,
  { queue, places, lambda, feed }: Metered,
  served: number,
): Usage {
  const writes = places.writes();
  return {
    receives: queue.receives(),
    ...(usesStore && { storeWrites: writes }),
    invocations: lambda.invocations(),
    billedMs: lambda.billedMs(),
    billed: {
      ...nothingBilled,
      invocations: lambda.invocations(),
      gigabyteSeconds: (lambda.billedMs() / 1_000) * (memoryMb / 1_024),
      standardQueueRequests: served + feed.requests() + queue.requests(),
      writeUnits: writes,
      scheduledTicks: feed.ticks(),
    },
  };
}

/** How many different bodies were accepted so far; looks at each arrival once. */
function acceptedIn(
  arrivals: readonly { readonly status?: number; readonly bodyDigest?: string }[],
): () => number {
  const bodies = new Set<string>();
  let seen = 0;
  return () => {
    for (; seen < arrivals.length; seen++) {
      const { status = 0, bodyDigest = '' } = arrivals[seen] ?? {};
      if (isAccepted(status)) bodies.add(bodyDigest);
    }
    return bodies.size;
  };
}
