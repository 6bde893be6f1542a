/**
 * `npm run bench:load`: a burst at intake, 100,000 queued jobs and webhooks while they drain, on the
 * embedded stack: real processes, real HTTP. Exit code 1 where a target is missed.
 */
import { startLocalStack } from '../../local/stack/local-stack.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { pauseBudget } from '../http-jobs.ts';
import { fillLanes } from './backlog.ts';
import { runBurst } from './burst.ts';
import { sendHooks } from './hooks.ts';
import { type LoadOptions, loadUsage, parseLoadOptions } from './load-options.ts';
import { createNarrowTable } from './narrow-table.ts';
import { describeFigures, type Figures, missedTargets } from './report.ts';

const config = parseConfig({
  accounts: {
    acme: { provider: 'automox', organizationId: 9237 },
    globex: { provider: 'amp', region: 'nam' },
  },
  webhooks: { load: { scheme: 'github', jobs: 'payload.job' } },
});
const JOBS_TABLE = describeTopology(config).tables.jobs.name;

async function main(): Promise<void> {
  const options = parseLoadOptions(process.argv.slice(2));
  if (options.help) {
    console.log(loadUsage);
    return;
  }
  const figures = await runLoad(options);
  const missed = missedTargets(figures);
  if (options.json) console.log(JSON.stringify({ ...figures, missed }, undefined, 2));
  else console.log(describeFigures(figures, missed));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

async function runLoad({ burst, queued, hooks }: LoadOptions): Promise<Figures> {
  const faults = createNarrowTable();
  const ids = new Set<string>();
  const stack = await startLocalStack({
    config,
    port: 0,
    devices: 50,
    faults,
    onTableCall: ({ table, item, status }) => {
      if (table === JOBS_TABLE && status === 200 && item?.id) ids.add(item.id);
    },
    onDefect: (error) => console.error('the local stack:', error),
  });
  const batch = (what: string) => (index: number) => ({
    type: 'automox.servers.batch',
    account: 'acme',
    tenant: `tenant-${index % 20}`,
    params: {
      devices: [...stack.vendors.simulatorOf('automox').org(9237).devices.keys()].slice(0, 1),
      actions: [{ attribute: 'tags', action: 'apply', value: [`${what}-${index}`] }],
    },
  });
  /**
   * The batch limit's lane takes 93,600 jobs and no more. Every tenth job is one of another vendor, whose
   * limit is paused, so that its lane holds them all.
   */
  const queuedJob = (index: number) =>
    index % 10 === 9
      ? { type: 'amp.version', account: 'globex', tenant: `tenant-${index % 20}`, params: {} }
      : batch('queued')(index);
  /** The vendor takes five a minute all the while: the lane drains as it does on AWS. */
  const ended = () => stack.vendors.simulatorOf('automox').arrivals.length;
  try {
    console.error(`A burst of ${burst} jobs …`);
    const burstFigures = await runBurst(stack.url, faults, burst, batch('burst'));
    console.error(`${queued} jobs into two lanes …`);
    await pauseBudget(stack.url, 'amp/globex/account');
    const rows = () => ids.size;
    const series = await fillLanes(stack, { count: queued, message: queuedJob, rows, ended });
    const before = ended();
    console.error(`${hooks} webhooks while it drains …`);
    const hookFigures = await sendHooks(stack, hooks, batch('hook'));
    const drained = ended() - before;
    return { burst: burstFigures, wanted: queued, series, hooks: hookFigures, drained };
  } finally {
    await stack.close();
  }
}

await main();
