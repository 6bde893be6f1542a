/**
 * Sluice in virtual time with a meter at every port: real submission, worker, limiter, providers and
 * handlers. Two bills: of the lane, from the receive of a message to its outcome, and of the way in.
 */

import { countOutcomes } from '../../functions/count-outcomes.ts';
import { reconcileContract } from '../../functions/reconcile/contract.ts';
import { workerContract } from '../../functions/worker/contract.ts';
import { observeLimiter } from '../../functions/worker/observe-limiter.ts';
import { observeVendor } from '../../functions/worker/observe-vendor.ts';
import { createWindowAudit } from '../../functions/worker/window-audit.ts';
import { createWorker, type Worker, type WorkerDeps } from '../../functions/worker/worker.ts';
import { functionLabel } from '../../shared/config/function-contract.ts';
import type { ControlDeps } from '../../shared/jobs/control-job.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { startVendorScenario } from '../../test/support/scenario/scenario.ts';
import { createStoreMeter, type StoreMeter } from '../compare/virtual/store-meter.ts';
import { createFunctionMeter } from './function-meter.ts';
import type { PreparedVendor } from './kinds.ts';
import {
  meterAnnouncer,
  meterDeferrals,
  meterPublisher,
  meterQueue,
  meterResults,
  tellOfNewRows,
} from './metered-ports.ts';
import { createSeriesLog, type SeriesLog } from './series-log.ts';
import { createUsage, type Usage } from './usage.ts';

export interface Bill {
  readonly usage: Usage;
  readonly meter: StoreMeter;
}

export type MeteredDeployment = Awaited<ReturnType<typeof startMetered>>;

export async function startMetered({ vendor }: PreparedVendor) {
  const series = createSeriesLog();
  const lane: Bill = { usage: createUsage(), meter: createStoreMeter() };
  const { provider } = vendor.account;
  const deployment = await startVendorScenario(vendor, {
    onRow: tellOfNewRows(lane.meter),
    aroundStore: lane.meter.around,
    wireWorker: (deps) => wireMetered(deps, { provider, lane, series }),
    aroundReconcile: (control) => meterReconcile(control, lane),
    onBatch({ messageIds, failedIds }) {
      // The receive, and the delete where any of it is done.
      lane.usage.add('fifoQueueRequests', failedIds.length < messageIds.length ? 2 : 1);
    },
  });
  return { ...deployment, account: vendor.account, laneBill: lane, series };
}

interface Wiring {
  readonly provider: Parameters<typeof observeLimiter>[1]['provider'];
  readonly lane: Bill;
  readonly series: SeriesLog;
}

/** As `wireWorker` does it, over the ports of the scenario. */
function wireMetered(deps: WorkerDeps, { provider, lane, series }: Wiring): Worker {
  const { usage } = lane;
  const { clock } = deps;
  const telling = createFunctionMeter({
    name: functionLabel(workerContract.name, provider),
    memoryMb: workerContract.memoryMb,
    clock,
    usage,
    series,
  });
  const { metrics, log } = telling;
  const worker = createWorker({
    ...deps,
    limiter: observeLimiter(deps.limiter, { provider, metrics, audit: createWindowAudit(), clock }),
    results: meterResults(deps.results, usage),
    announcer: countOutcomes(meterAnnouncer(deps.announcer, usage), metrics),
    publisher: meterPublisher(deps.publisher, usage),
    observeVendor: (vendor, delivery) => observeVendor(vendor, delivery, { metrics, log }),
    deferrals: meterDeferrals(deps.deferrals, usage),
    log,
  });
  type Event = Parameters<Worker>[0];
  const handle = telling.handle((event: Event, context) =>
    worker(event, () => context.getRemainingTimeInMillis()),
  );
  return (event, remainingMs) => handle(event, remainingMs);
}

/** What a tick costs when nothing is due is the deployment's, not a job's. */
const meterReconcile = (control: ControlDeps, { usage, meter }: Bill): ControlDeps => ({
  ...control,
  store: { ...meter.around(control.store), listDue: control.store.listDue },
  queue: meterQueue(control.queue, usage),
  announcer: meterAnnouncer(control.announcer, usage),
});

export const reconcileMeter = (clock: Clock, usage: Usage) =>
  createFunctionMeter({
    name: reconcileContract.name,
    memoryMb: reconcileContract.memoryMb,
    clock,
    usage,
    series: createSeriesLog(),
  });
