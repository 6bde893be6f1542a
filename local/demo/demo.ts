/**
 * `npm run demo`: starts the embedded stack, sends jobs by every way in, shows them wait and run at the
 * vendor's rate, lets a detection at one vendor act at two others meanwhile, and ends by itself with a
 * summary. Exit code 0 only if all is as it should be.
 */
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { assertNode } from '../assert-node.ts';
import { type LocalStack, startLocalStack } from '../stack/local-stack.ts';
import { demoConfig, FLEET_DEVICES, ORGANIZATION_ID } from './demo-config.ts';
import { allFinished, type Observed, readJobs } from './observe.ts';
import { type PlannedJob, planJobs } from './plan.ts';
import { createProgress } from './progress.ts';
import { createSender, type Sender } from './send.ts';
import { allJobs, createStory, planStory, type StoryPlan, stageOf } from './story.ts';
import { checkStory, describeVendors } from './story-summary.ts';
import { checkOutcomes, describeLimits, describeOutcomes } from './summary.ts';
import { askVendors, type VendorFacts } from './vendor-facts.ts';

const TIME_LIMIT_MS = seconds(130);
const LOOK_EVERY_MS = seconds(1);

/** Automox changes tags some time after its answer; the last look is no earlier than this. */
const TAGS_SETTLE_MS = seconds(3);

async function main(): Promise<void> {
  assertNode();
  const startedAtMs = Date.now();
  console.log(
    'Starting Sluice on this machine: functions, emulated AWS, simulated Automox, OpsRamp, Cisco AMP …',
  );
  const stack = await startLocalStack({
    config: parseConfig(demoConfig()),
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
  const story = planStory(Date.now());
  const first = planJobs(stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID));
  const plan = [...first, ...allJobs(story)];
  announce(stack.url, first.length);
  const send = createSender(stack);
  const storyBeganAtMs = Date.now();
  const [observed] = await Promise.all([
    follow(stack, { plan, story, send, startedAtMs }),
    sendAll([...first, ...story.atOnce], send),
  ]);
  await systemClock.sleep(TAGS_SETTLE_MS);
  const facts = askVendors(stack.vendors, storyBeganAtMs);
  const good = conclude(plan, story, observed, facts);
  const took = ((Date.now() - startedAtMs) / 1000).toFixed(0);
  console.log(
    `\n${good ? 'All as it should be' : 'Something is not as it should be'}, after ${took} s.`,
  );
  return good;
}

function announce(url: string, jobs: number): void {
  const lines = [
    `Running at ${url}.`,
    `First act: ${jobs} jobs for Automox, which allows 5 batches a minute, so two of the seven wait`,
    'for their turn. A schedule fires after a minute.',
    'Second act, meanwhile: Cisco AMP detects a threat on a host; a poll finds it, and two reactions',
    'tag the host at Automox and acknowledge its alert at OpsRamp. All of it takes a good minute.',
  ];
  console.log(`${lines.join('\n')}\n`);
}

/** One after the other: which of them come first is part of the plan. */
async function sendAll(jobs: readonly PlannedJob[], send: Sender): Promise<void> {
  for (const planned of jobs) await send(planned);
}

interface Running {
  readonly plan: readonly PlannedJob[];
  readonly story: StoryPlan;
  readonly send: Sender;
  readonly startedAtMs: number;
}

async function follow(
  stack: LocalStack,
  { plan, story, send, startedAtMs }: Running,
): Promise<Observed> {
  const elapsedMs = (): number => Date.now() - startedAtMs;
  const progress = createProgress(plan, process.stdout, elapsedMs);
  progress.show(new Map());
  const { advance } = createStory(story, send, stageOf(stack.vendors));
  for (;;) {
    const observed = await readJobs(stack.url, plan);
    progress.show(observed.seen);
    const told = await advance(observed.seen);
    if (told !== undefined) progress.tell(told);
    if (allFinished(observed.seen, plan) || elapsedMs() > TIME_LIMIT_MS) return observed;
    await systemClock.sleep(LOOK_EVERY_MS);
  }
}

function conclude(
  plan: readonly PlannedJob[],
  story: StoryPlan,
  { seen, unplanned }: Observed,
  facts: VendorFacts,
): boolean {
  const checks = [
    ...checkOutcomes(plan, seen, facts.audits),
    ...checkStory(story, seen, unplanned, facts),
  ];
  console.log(`\n${describeOutcomes(plan, seen)}`);
  console.log(`\n${describeVendors(facts)}`);
  console.log(`\n${describeLimits(facts.audits)}\n`);
  for (const { text, holds } of checks) console.log(`${holds ? 'ok     ' : 'NOT OK '} ${text}`);
  return checks.every(({ holds }) => holds);
}

await main();
