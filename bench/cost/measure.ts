/** Runs jobs in virtual time and says what one of them is billed. */

import { createReconcile } from '../../functions/reconcile/reconcile.ts';
import type { WayIn } from '../../shared/jobs/job.ts';
import { days, seconds } from '../../shared/kernel/duration.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import { createMemoryAnnouncer } from '../../test/support/memory/memory-announcer.ts';
import { createMemoryJobStore } from '../../test/support/memory/memory-job-store.ts';
import { createMemoryQueue } from '../../test/support/memory/memory-queue.ts';
import { delayed } from '../../test/support/scenario/delayed.ts';
import { createVirtualClock } from '../../test/support/virtual-clock.ts';
import { addBilled, type Billed, timesBilled } from '../compare/cost/prices.ts';
import { storedBytesOf } from '../compare/cost/write-units.ts';
import { DAYS_A_MONTH, SECONDS_A_MONTH } from './assumptions.ts';
import type { Arrival, JobKind } from './kinds.ts';
import { type MeteredDeployment, reconcileMeter, startMetered } from './metered-deployment.ts';
import { createUsage } from './usage.ts';
import { type Entrance, openEntrance } from './ways-in.ts';

export interface Measured {
  /** Of one job: from the receive of its message to its outcome, and what it leaves behind. */
  readonly lane: Billed;
  /** Of one job: until its message is in the lane. */
  readonly way: Billed;
  /** Vendor calls of one job, by budget. */
  readonly calls: Readonly<Record<string, number>>;
  /** Custom metrics that were written. */
  readonly series: readonly string[];
  /** Receives of a message, on average. */
  readonly receives: number;
}

const APART_MS: Readonly<Record<Arrival, number>> = {
  alone: seconds(SECONDS_A_MONTH / 10_000),
  burst: 0,
};

export async function measure(kind: JobKind, way: WayIn, arrival: Arrival): Promise<Measured> {
  const jobs = kind.jobs[arrival];
  const prepared = kind.vendorFor(jobs);
  const deployment = await startMetered(prepared);
  const entrance = openEntrance(way, deployment);
  const arrive = async (): Promise<void> => {
    for (let index = 0; index < jobs; index += 1) {
      if (index > 0) await deployment.clock.sleep(APART_MS[arrival]);
      await entrance.enter({ type: kind.type, params: prepared.paramsOf(index) }, index);
    }
  };
  const arriving = arrive();
  const { announcer, clock } = deployment;
  await clock.runUntil(() => announcer.announced.length >= jobs);
  await arriving;
  const unwell = announcer.announced.filter(({ status }) => status !== 'succeeded');
  invariant(unwell.length === 0, `${unwell.length} jobs of ${kind.type} did not succeed`);
  return {
    lane: timesBilled(laneBilled(deployment), 1 / jobs),
    way: timesBilled(wayBilled(entrance), 1 / jobs),
    calls: Object.fromEntries(
      Object.entries(deployment.series.permits()).map(([id, count]) => [id, count / jobs]),
    ),
    series: deployment.series.series(),
    receives: deployment.receives().reduce((sum, it) => sum + it, 0) / jobs,
  };
}

const RESULT_LIFE_DAYS = 90;

function laneBilled({ laneBill: lane, announcer, secretReads }: MeteredDeployment): Billed {
  const used = lane.usage.billed();
  const kept = announcer.announced.map((job) => {
    const months = (job.expiresAtS * 1_000 - job.createdAtMs) / days(DAYS_A_MONTH);
    const { row, indexes } = storedBytesOf(job);
    return { backupByteMonths: row * months, tableByteMonths: (row + indexes) * months };
  });
  return addBilled(
    { ...used, objectByteMonths: used.objectByteMonths * (RESULT_LIFE_DAYS / DAYS_A_MONTH) },
    { writeUnits: lane.meter.writeUnits(), readUnits: lane.meter.readUnits() },
    { secretReads: secretReads() },
    ...kept,
  );
}

const wayBilled = ({ bill, secretReads }: Entrance): Billed =>
  addBilled(
    bill.usage.billed(),
    { writeUnits: bill.meter.writeUnits(), readUnits: bill.meter.readUnits() },
    { secretReads: secretReads() },
  );

/** A round of the reconciler that finds nothing: a query is a read unit's half, for it is not consistent. */
export async function measureTick(): Promise<Billed> {
  const clock = createVirtualClock();
  const usage = createUsage();
  const { log, handle } = reconcileMeter(clock, usage);
  const store = delayed(createMemoryJobStore(), clock, 4);
  const queue = createMemoryQueue();
  const announcer = createMemoryAnnouncer();
  const reconcile = createReconcile({ store, queue, announcer, clock, log });
  const round = handle(() => reconcile());
  const running = round({});
  await clock.advanceBy(seconds(1));
  await running;
  usage.add('readUnits', 0.5);
  usage.add('scheduledTicks');
  return usage.billed();
}
