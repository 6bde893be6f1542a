/** What each kind of job asks of AWS, counted on the embedded stack: real functions, real HTTP. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalStack, startLocalStack } from '../../local/stack/local-stack.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { getJob, postJob } from '../http-jobs.ts';
import { type CallMeter, type Counts, createCallMeter } from './call-meter.ts';
import { accounts, DEVICES, type JobCase, jobCases } from './job-cases.ts';

export interface CaseCounts {
  readonly name: string;
  readonly way: JobCase['way'];
  readonly jobs: number;
  readonly vendorCalls: number;
  /** Of all its jobs together. */
  readonly counts: Counts;
}

export interface Counted {
  readonly cases: readonly CaseCounts[];
  /** One round of the reconciler that finds nothing to do. */
  readonly reconcile: Counts;
}

/** As many as the narrowest limit lets through at once. */
const JOBS = 5;
const LOOK_EVERY_MS = 100;
/** Until the function that ended the last job has written its log. */
const SETTLED_AFTER_MS = 500;

const config = parseConfig({ accounts });

export async function countJobs(onCase: (jobCase: JobCase) => void): Promise<Counted> {
  const meter = createCallMeter(describeTopology(config).tables.jobs.name);
  const stack = await startLocalStack({ config, port: 0, devices: DEVICES, ...meter });
  try {
    const cases: CaseCounts[] = [];
    for (const jobCase of jobCases) {
      onCase(jobCase);
      cases.push(await countCase(stack, meter, jobCase));
    }
    meter.take();
    meter.invoked();
    await stack.functions.pools['reconcile']?.invoke({});
    return { cases, reconcile: meter.take() };
  } finally {
    await stack.close();
  }
}

async function countCase(
  stack: LocalStack,
  meter: CallMeter,
  { name, way, account, request }: JobCase,
): Promise<CaseCounts> {
  const { arrivals, targets } = vendorOf(stack, account);
  const before = arrivals.length;
  meter.take();
  let looks = 0;
  for (const [n, target] of targets.slice(0, JOBS).entries()) {
    const idempotencyKey = `${name} ${n}`;
    const message = { ...request(target), account, idempotencyKey };
    if (way === 'http') {
      meter.invoked();
      await postJob(stack.url, message);
    } else await send(stack, message);
    looks += await untilFinished(stack.url, derivedId('job', account, idempotencyKey));
  }
  await systemClock.sleep(SETTLED_AFTER_MS);
  const own = { looks, sends: way === 'queue' ? JOBS : 0 };
  const counts = withoutOwn(meter.take(), own);
  return { name, way, jobs: JOBS, vendorCalls: arrivals.length - before, counts };
}

function vendorOf({ vendors }: LocalStack, account: JobCase['account']) {
  if (account === 'globex') {
    const amp = vendors.simulatorOf('amp');
    const targets = [...amp.business(account).state.computers]
      .filter(([, { online, isolation }]) => online && isolation.available)
      .map(([guid]) => guid);
    return { arrivals: amp.arrivals, targets };
  }
  const automox = vendors.simulatorOf('automox');
  const { organizationId } = accounts[account];
  return { arrivals: automox.arrivals, targets: [...automox.org(organizationId).devices.keys()] };
}

async function send(stack: LocalStack, message: object): Promise<void> {
  const sqs = new SQSClient(localClientConfig(stack.awsUrl));
  const MessageBody = JSON.stringify(message);
  await sqs.send(new SendMessageCommand({ QueueUrl: stack.intakeQueueUrl, MessageBody }));
}

/** Answers how often it had to look, each time one read of the row. */
async function untilFinished(url: string, id: string): Promise<number> {
  for (let looks = 1; ; looks += 1) {
    const job = await getJob(url, id).catch(() => undefined);
    if (job?.finishedAt !== undefined) {
      if (job.status === 'succeeded' || job.status === 'partial') return looks;
      throw new Error(`job ${id} ${job.status}: ${job.error?.message}`);
    }
    await systemClock.sleep(LOOK_EVERY_MS);
  }
}

/** Without what the counting itself asked for. A message to the intake queue stays, as the sender's. */
const withoutOwn = (
  counts: Counts,
  { looks, sends }: { readonly looks: number; readonly sends: number },
): Counts => ({
  ...counts,
  awsCalls: counts.awsCalls - looks - sends,
  readUnits: counts.readUnits - looks,
  fifoQueueRequests: counts.fifoQueueRequests - sends,
  standardQueueRequests: counts.standardQueueRequests + sends,
});
