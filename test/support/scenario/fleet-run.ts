/** The fleet-sized jobs of one vendor from submit to outcome, in virtual time. */
import { callsOf, FLEET, fleetJobs } from '../../../bench/fleet/fleet-jobs.ts';
import { fleetVendors } from '../../../bench/fleet/fleet-vendors.ts';
import { itemBytes } from '../../../local/stack/item-size.ts';
import type { SimulatorOf } from '../../../local/stack/vendor-simulators.ts';
import { toJobItem } from '../../../shared/aws/job-item.ts';
import type { ProviderName } from '../../../shared/config/account.ts';
import { VISIBILITY_TIMEOUT_MS } from '../../../shared/config/topology.ts';
import { type JobWish, type ScenarioOptions, startVendorScenario } from './scenario.ts';
import {
  ACCOUNT,
  ampVendor,
  automoxVendor,
  opsRampVendor,
  type ScenarioVendor,
} from './scenario-vendor.ts';

const vendors: { readonly [P in ProviderName]: ScenarioVendor<SimulatorOf<P>> } = {
  automox: automoxVendor(FLEET.devices),
  opsramp: opsRampVendor(FLEET.alerts),
  amp: ampVendor(FLEET.computers),
};

export interface FleetRunOptions<P extends ProviderName> extends Pick<ScenarioOptions, 'lifeOf'> {
  /** Default: the jobs of a fleet. */
  readonly wishesOf?: (simulator: SimulatorOf<P>) => readonly JobWish[];
  /** Sets the vendor up before the first job. */
  readonly prepare?: (simulator: SimulatorOf<P>) => void;
}

export type FleetRun = Awaited<ReturnType<typeof runFleet>>;

export async function runFleet<P extends ProviderName>(
  provider: P,
  { wishesOf, prepare, ...options }: FleetRunOptions<P> = {},
) {
  let largestRowBytes = 0;
  let largestWorkedRowBytes = 0;
  const vendor: ScenarioVendor<SimulatorOf<P>> = vendors[provider];
  const planned = fleetJobs(FLEET).filter((job) => job.provider === provider);
  const scenario = await startVendorScenario(vendor, {
    ...options,
    onRow: (row) => {
      const bytes = itemBytes(toJobItem(row));
      largestRowBytes = Math.max(largestRowBytes, bytes);
      if (row.status !== 'queued') largestWorkedRowBytes = Math.max(largestWorkedRowBytes, bytes);
    },
  });
  const { simulator, clock, lane } = scenario;
  fleetVendors[provider].ready(simulator, ACCOUNT);
  prepare?.(simulator);
  const fromMs = clock.nowMs();
  for (const { type, params } of wishesOf?.(simulator) ?? planned) {
    await scenario.submit({ type, params });
  }
  const jobs = await scenario.finishAll();
  const tookMs = clock.nowMs() - fromMs;
  // A message that a killed worker held comes back, and what the vendor does later is done.
  await clock.advanceBy(VISIBILITY_TIMEOUT_MS);
  const { limits, arrivals, statuses } = simulator.audit();
  return {
    jobs,
    tookMs,
    largestRowBytes,
    /** Of the rows that workers wrote. */
    largestWorkedRowBytes,
    limits: Object.values(limits),
    calls: arrivals,
    throttled: statuses['429'] ?? 0,
    done: fleetVendors[provider].countDone(simulator, ACCOUNT),
    effects: simulator.arrivals.reduce((sum, { effects }) => sum + effects, 0),
    receivesMost: Math.max(...scenario.receives()),
    deadLetters: lane.deadLetters(),
    least: callsOf(planned.flatMap(({ least }) => least)),
    beyond: callsOf(planned.flatMap(({ beyond }) => beyond)),
  };
}
