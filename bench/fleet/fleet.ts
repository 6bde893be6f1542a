/**
 * `npm run bench:fleet`: jobs of the size of a fleet, of all vendors at once, on the embedded stack:
 * real processes, real HTTP, the vendors' real windows. Exit code 1 where a limit was exceeded, an
 * item is missing, or a figure is worse than it should be.
 */
import { workerContract } from '../../functions/worker/contract.ts';
import { type LocalStack, startLocalStack } from '../../local/stack/local-stack.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import { functionLabel } from '../../shared/config/function-contract.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { postJob } from '../http-jobs.ts';
import { type FleetSizes, fleetJobs } from './fleet-jobs.ts';
import { fleetUsage, parseFleetOptions } from './fleet-options.ts';
import { fleetAccounts, fleetVendors } from './fleet-vendors.ts';
import { follow, type SentJob } from './follow.ts';
import { type Facts, findMisses, measure } from './measure.ts';
import { findPeakMemoryMb } from './peak-memory.ts';
import { describeFigures } from './report.ts';

const config = parseConfig({ accounts: fleetAccounts });
const JOBS_TABLE = describeTopology(config).tables.jobs.name;

const TIMEOUT_MS = minutes(90);

/** From the last answer until the vendors have done what they do later. */
const SETTLE_MS = seconds(10);

const providers = Object.keys(fleetAccounts) as ProviderName[];

async function main(): Promise<void> {
  const options = parseFleetOptions(process.argv.slice(2));
  if (options.help) {
    console.log(fleetUsage);
    return;
  }
  const figures = measure(await runFleets(options.sizes));
  const misses = findMisses(figures);
  if (options.json) console.log(JSON.stringify({ ...figures, misses }, undefined, 2));
  else console.log(describeFigures(figures, misses));
  process.exitCode = misses.length === 0 ? 0 : 1;
}

async function runFleets(sizes: FleetSizes): Promise<Facts> {
  const rowBytes = new Map<string, number>();
  const peaks = new Map<ProviderName, number>();
  console.error('Starting the embedded stack and three vendors …');
  const stack = await startLocalStack({
    config,
    port: 0,
    fleets: {
      automox: { devices: sizes.devices },
      opsramp: { alerts: sizes.alerts },
      amp: { computers: sizes.computers },
    },
    onTableCall: ({ table, item }) => {
      if (table !== JOBS_TABLE || item?.id === undefined) return;
      rowBytes.set(item.id, Math.max(rowBytes.get(item.id) ?? 0, item.bytes));
    },
    onDefect: (error) => console.error('the local stack:', error),
  });
  try {
    for (const provider of providers) makeReady(stack, provider);
    const sent = await sendAll(stack.url, sizes);
    const jobs = await follow(stack.url, sent, TIMEOUT_MS, () => notePeaks(stack, peaks));
    await systemClock.sleep(SETTLE_MS);
    const vendors = providers.map((provider) => factsOf(stack, provider, peaks.get(provider)));
    return { jobs, vendors, rowBytes };
  } finally {
    await stack.close();
  }
}

const sendAll = (url: string, sizes: FleetSizes): Promise<SentJob[]> =>
  Promise.all(
    fleetJobs(sizes).map(async (planned) => {
      const { provider: account, type, params } = planned;
      return { id: await postJob(url, { account, type, params }), planned };
    }),
  );

function makeReady<P extends ProviderName>({ vendors }: LocalStack, provider: P): void {
  fleetVendors[provider].ready(vendors.simulatorOf(provider), provider);
}

function factsOf<P extends ProviderName>(
  { vendors }: LocalStack,
  provider: P,
  peakMemoryMb: number | undefined,
): Facts['vendors'][number] {
  const simulator = vendors.simulatorOf(provider);
  const done = fleetVendors[provider].countDone(simulator, provider);
  return { provider, audit: simulator.audit(), done, peakMemoryMb };
}

/** A worker's process may end before the run does: so it is asked all the time. */
async function notePeaks(
  { functions }: LocalStack,
  peaks: Map<ProviderName, number>,
): Promise<void> {
  for (const provider of providers) {
    for (const pid of functions.pools[functionLabel(workerContract.name, provider)]?.pids() ?? []) {
      const peakMb = await findPeakMemoryMb(pid);
      if (peakMb !== undefined) peaks.set(provider, Math.max(peaks.get(provider) ?? 0, peakMb));
    }
  }
}

await main();
