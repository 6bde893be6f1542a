/**
 * `npm run bench:functions`: what a job costs this machine. Bundle sizes and import times of the
 * functions, CPU time of the worker, and how fast jobs are taken.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { alignColumns } from '../../cli/table.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { ORGANIZATION_ID } from '../compare/work.ts';
import { measureColdStarts } from './cold-start.ts';
import { coldStartTable, describeRates, type FunctionFigures } from './describe-functions.ts';
import { measureIntake } from './intake-rate.ts';
import { ACCOUNT } from './stack-jobs.ts';
import { measureWorkerCpu } from './worker-cpu.ts';

const usage = `npm run bench:functions -- [options]

  --json   the figures as JSON
  --write  keeps them in docs/benchmarks/functions.json, from where "npm run bench -- --write" takes them
  --help   this text`;

const FILE = fileURLToPath(new URL('../../docs/benchmarks/functions.json', import.meta.url));

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (options.help) console.log(usage);
else await main();

async function main(): Promise<void> {
  const figures = await measureFunctions();
  const text = JSON.stringify(figures, undefined, 2);
  if (options.write) {
    await mkdir(new URL('.', `file://${FILE}`), { recursive: true });
    await writeFile(FILE, `${text}\n`);
  }
  const lines = [...alignColumns(coldStartTable(figures)), '', ...describeRates(figures)];
  console.log(options.json ? text : lines.join('\n'));
}

async function measureFunctions(): Promise<FunctionFigures> {
  const startedAt = new Date().toISOString();
  const [loadBefore = 0] = loadavg();
  const account = { provider: 'automox', organizationId: ORGANIZATION_ID } as const;
  const config = parseConfig({ accounts: { [ACCOUNT]: account } });
  const coldStarts = await measureColdStarts(config);
  const stack = await startLocalStack({
    config,
    port: 0,
    devices: 20,
    onDefect: (error) => console.error('the local stack:', error),
  });
  try {
    const org = stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID);
    const [policyId = 0] = org.policies.keys();
    const workerCpu = await measureWorkerCpu(stack, policyId);
    const intake = await measureIntake(stack.url);
    return { startedAt, loadBefore, coldStarts, ...(workerCpu && { workerCpu }), intake };
  } finally {
    await stack.close();
  }
}
