/**
 * Sluice in virtual time: the real submission, worker, limiter and provider, over the models of SQS
 * and of the event-source mapping.
 */
import { workerContract } from '../../../functions/worker/contract.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { sum } from '../../../shared/kernel/sum.ts';
import {
  type Scenario as Deployment,
  startScenario,
} from '../../../test/support/scenario/scenario.ts';
import { callsOf } from '../calls-of.ts';
import { nothingBilled } from '../cost/prices.ts';
import { createKillPlan, type KillPlan } from '../kill-plan.ts';
import { createNetwork } from '../network.ts';
import type { PlacedJob, RunFacts } from '../run-facts.ts';
import { LIMIT, type Scenario } from '../scenarios.ts';
import { batchParams, ORGANIZATION_ID } from '../work.ts';
import { scheduleJobs, scheduleOutage } from './schedule-jobs.ts';
import { createStoreMeter, type StoreMeter } from './store-meter.ts';
import { WINDOW_MS } from './window.ts';

/** Of one run, as its parts are made one after the other. */
interface Run {
  readonly placed: PlacedJob[];
  /** Of each job's id, its key. */
  readonly keys: Map<string, string>;
  readonly ownDeliveries: {
    batches: number;
    completed: number;
    deferred: number;
    billedMs: number;
  };
  kills?: KillPlan;
  last?: Job;
}

/** `queuedBehind`: messages that wait behind the scenario's jobs, in the same line. */
export async function runSluice(scenario: Scenario, queuedBehind = 0): Promise<RunFacts> {
  const run: Run = {
    placed: [],
    keys: new Map(),
    ownDeliveries: { batches: 0, completed: 0, deferred: 0, billedMs: 0 },
  };
  const network = createNetwork(scenario, WINDOW_MS);
  const meter = createStoreMeter();
  const deployment = await startScenario({
    latency: () => {
      const journey = network.next();
      const countedAtMs = clock.monotonicMs() + journey.thereMs;
      const retryAfterSeconds = network.refusalSeconds(countedAtMs);
      const fault = { kind: 'throttle', retryAfterSeconds } as const;
      if (retryAfterSeconds !== undefined) deployment.simulator.faults.add({ fault });
      return journey;
    },
    lifeOf: () => run.kills?.lifeOf(),
    aroundStore: meter.around,
    onBatch({ messageIds, failedIds, startedAtMs, endedAtMs }) {
      const { ownDeliveries: own } = run;
      own.batches += 1;
      own.completed += messageIds.length - failedIds.length;
      own.deferred += failedIds.length;
      own.billedMs += Math.ceil(endedAtMs - startedAtMs);
    },
  });
  const { clock, simulator, announcer, lane } = deployment;
  run.kills = createKillPlan(scenario.kills, WINDOW_MS, clock);
  const [device = 0] = simulator.org(ORGANIZATION_ID).devices.keys();
  const startedAtMs = clock.nowMs();
  scheduleOutage(scenario, clock, meter.setDown);
  await scheduleJobs(scenario, clock, async ({ tenant, urgent }, index) => {
    const key = `bench-${index}`;
    run.placed.push({ key, tenant, urgent, placedAtMs: clock.nowMs() });
    const priority = urgent ? 'urgent' : 'normal';
    run.last = await deployment.submit({ params: batchParams(device, key), tenant, priority });
    run.keys.set(run.last.id, key);
    meter.submitted(run.last);
  });
  await queueBehind(deployment, run.last, queuedBehind);
  const jobs = scenario.jobs('virtual').length;
  const endsAtMs = startedAtMs + scenario.endsAfterWindows.virtual * WINDOW_MS;
  const isOver = (): boolean => announcer.announced.length >= jobs || clock.nowMs() >= endsAtMs;
  clock.setTimer(endsAtMs, () => undefined);
  await clock.runUntil(isOver);
  const failed = announcer.announced.filter(({ status }) => status !== 'succeeded');
  // A message that was received too often is a job given up, whichever it is.
  const dead = Array.from({ length: lane.deadLetters() }, (_, n) => `dead letter ${n}`);
  return {
    row: 'sluice',
    scenario: scenario.name,
    windowMs: WINDOW_MS,
    limit: LIMIT,
    jobs: run.placed,
    calls: callsOf(simulator.arrivals, run.placed, device),
    lost: [...failed.map(({ id }) => run.keys.get(id) ?? id), ...dead],
    kills: run.kills.kills(),
    usage: usageOf(
      run,
      meter,
      deployment.receives(),
      announcer.announced.length,
      simulator.arrivals.length,
    ),
  };
}

/** Messages without rows: enough to be a backlog, never to be reached. */
async function queueBehind(
  { lane }: Deployment,
  last: Job | undefined,
  count: number,
): Promise<void> {
  if (last === undefined) return;
  for (let n = 0; n < count; n++) await lane.jobQueue.send({ ...last, id: `behind-${n}` });
}

/** Each finished job pays for its own submission; what still waits is not billed to it. */
function usageOf(
  { placed, ownDeliveries }: Run,
  meter: StoreMeter,
  receives: readonly number[],
  finished: number,
  calls: number,
) {
  const { batches, completed, deferred, billedMs } = ownDeliveries;
  const unitsOfSubmission = meter.submissionUnits() / placed.length;
  return {
    receives,
    storeWrites: meter.writes() + finished,
    limiterWrites: meter.limiterWrites(),
    invocations: batches,
    billedMs,
    billed: {
      ...nothingBilled,
      invocations: batches,
      gigabyteSeconds: (billedMs / 1_000) * (workerContract.memoryMb / 1_024),
      // A message is hidden anew when it waits, and before the call of its delivery.
      fifoQueueRequests: sum([finished, batches, completed, deferred, calls]),
      writeUnits: meter.writeUnits() + finished * unitsOfSubmission,
      readUnits: meter.readUnits(),
      events: completed,
    },
  };
}
