/**
 * `npm run demo`: starts the embedded stack, sends jobs by every way in, shows them wait and run at the
 * vendor's rate, and ends by itself with a summary. Exit code 0 only if all is as it should be.
 */
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { assertNode } from '../assert-node.ts';
import { type LocalStack, startLocalStack } from '../stack/local-stack.ts';
import { allFinished, readJobs, type Seen } from './observe.ts';
import { demoConfig, FLEET_DEVICES, ORGANIZATION_ID, type PlannedJob, planJobs } from './plan.ts';
import { createProgress } from './progress.ts';
import { createSender } from './send.ts';
import { checkOutcomes, describeLimits, describeOutcomes } from './summary.ts';

const TIME_LIMIT_MS = seconds(110);
const LOOK_EVERY_MS = seconds(1);

/** The stack needs a few seconds; a schedule set for a minute that has begun would not fire. */
const START_ALLOWANCE_MS = seconds(10);

async function main(): Promise<void> {
  assertNode();
  const startedAtMs = Date.now();
  const firesAtMs = Math.ceil((startedAtMs + START_ALLOWANCE_MS) / minutes(1)) * minutes(1);
  console.log('Starting Sluice on this machine: functions, emulated AWS, a simulated Automox …');
  const stack = await startLocalStack({
    config: parseConfig(demoConfig(firesAtMs)),
    port: 0,
    devices: FLEET_DEVICES,
    onDefect: (error) => console.error('the local stack:', error),
  });
  try {
    process.exitCode = (await runDemo(stack, startedAtMs)) ? 0 : 1;
  } finally {
    await stack.close();
  }
}

async function runDemo(stack: LocalStack, startedAtMs: number): Promise<boolean> {
  const plan = planJobs(stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID));
  console.log(
    `Running at ${stack.url}. Sending ${plan.length} jobs; Automox allows 5 batches a minute,`,
  );
  console.log(
    'so two of the seven will wait for their turn. The schedule fires at the full minute.\n',
  );
  const send = createSender(stack);
  for (const planned of plan) await send(planned);
  const seen = await follow(stack, plan, startedAtMs);
  const audit = stack.vendors.simulatorOf('automox').audit();
  const checks = checkOutcomes(plan, seen, audit);
  console.log(`\n${describeOutcomes(plan, seen)}`);
  console.log(`\n${describeLimits(audit)}\n`);
  for (const { text, holds } of checks) console.log(`${holds ? 'ok     ' : 'NOT OK '} ${text}`);
  const took = ((Date.now() - startedAtMs) / 1000).toFixed(0);
  const good = checks.every(({ holds }) => holds);
  console.log(
    `\n${good ? 'All as it should be' : 'Something is not as it should be'}, after ${took} s.`,
  );
  return good;
}

async function follow(
  stack: LocalStack,
  plan: readonly PlannedJob[],
  startedAtMs: number,
): Promise<Seen> {
  const progress = createProgress(plan, process.stdout, startedAtMs);
  for (;;) {
    const seen = await readJobs(stack.url, plan);
    progress.show(seen);
    if (allFinished(seen, plan) || Date.now() - startedAtMs > TIME_LIMIT_MS) return seen;
    await systemClock.sleep(LOOK_EVERY_MS);
  }
}

await main();
