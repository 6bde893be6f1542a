/**
 * `npm run bench:pace`: queues batch jobs at once on the embedded stack and measures, by the simulated
 * vendor's own arrival log, how close to the limit they are sent and what that costs. Exit code 1
 * where a target is missed.
 */

import { startLocalStack } from '../../local/stack/local-stack.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { ACCOUNT, benchConfig, createSubmit, OPERATION, untilFinished, warmUp } from './jobs.ts';
import { type Facts, measure } from './measure.ts';
import { type PaceOptions, paceUsage, parsePaceOptions } from './pace-options.ts';
import { describeFigures, missedTargets } from './report.ts';

/** When the urgent job comes, long after the others are in line. */
const URGENT_AFTER_MS = seconds(20);

async function main(): Promise<void> {
  const options = parsePaceOptions(process.argv.slice(2));
  if (options.help) {
    console.log(paceUsage);
    return;
  }
  const figures = measure(await runBench(options));
  const missed = missedTargets(figures);
  if (options.json) console.log(JSON.stringify({ ...figures, missed }, undefined, 2));
  else console.log(describeFigures(figures, missed));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

async function runBench({ jobs, tenants }: PaceOptions): Promise<Facts> {
  const facts = { tableCalls: [] as Facts['tableCalls'][number][], batches: [] as string[][] };
  const stack = await startLocalStack({
    config: benchConfig,
    port: 0,
    onTableCall: (call) => facts.tableCalls.push(call),
    onBatch: (queue, { messageIds }) => {
      if (queue.endsWith('.fifo')) facts.batches.push([...messageIds]);
    },
    onDefect: (error) => console.error('the local stack:', error),
  });
  try {
    const automox = stack.vendors.simulatorOf('automox');
    const [policyId = 0] = automox.org(ACCOUNT.organizationId).policies.keys();
    await warmUp(stack.url, policyId);
    for (const seen of Object.values(facts)) seen.length = 0;
    const submit = createSubmit(stack.url, [...automox.org(ACCOUNT.organizationId).devices.keys()]);
    console.error(`${jobs} jobs of ${tenants} tenant(s); an urgent one follows in 20 s …`);
    const sent = await Promise.all(
      Array.from({ length: jobs }, (_, index) => submit(`tenant-${index % tenants}`, 'normal')),
    );
    await systemClock.sleep(URGENT_AFTER_MS);
    const urgent = await submit('tenant-0', 'urgent');
    const ids = [...sent, urgent].map(({ id }) => id);
    await untilFinished(stack.url, ids, minutes(Math.ceil(ids.length / 5) + 1));
    const arrivals = automox.arrivals.filter(({ operation }) => operation === OPERATION);
    return {
      ...facts,
      jobs: jobs + 1,
      limit: automox.audit().limits['servers.batch'],
      arrivals: arrivals.map(({ atMs, bodyDigest }) => ({ atMs, bodyDigest })),
      urgentDigest: urgent.bodyDigest,
    };
  } finally {
    await stack.close();
  }
}

await main();
