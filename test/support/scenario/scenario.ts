/** A deployment at work: its event-source mapping and reconciler run, and jobs can be watched. */
import type { SQSEvent } from 'aws-lambda';
import { reconcileEveryMs } from '../../../functions/reconcile/contract.ts';
import { workerMapping } from '../../../functions/worker/contract.ts';
import type { Worker } from '../../../functions/worker/worker.ts';
import {
  type BatchReport,
  startEventSourceMapping,
} from '../../../local/event-source-mapping/event-source-mapping.ts';
import { createModelQueuePort } from '../../../local/event-source-mapping/queue-port.ts';
import type { Simulator } from '../../../local/simulators/frame/simulator.ts';
import { FUNCTION_TIMEOUT_MS } from '../../../shared/config/topology.ts';
import type { ControlDeps } from '../../../shared/jobs/control-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { createLife, type Life } from '../mortal.ts';
import { createVendorDeployment, type Deployment, type DeploymentOptions } from './deployment.ts';
import { ACCOUNT, automoxVendor, ORG, type ScenarioVendor } from './scenario-vendor.ts';
import type { Stores } from './two-versions.ts';

export interface ScenarioOptions extends DeploymentOptions {
  /** The life of the nth invocation, from 1. Default: each lives to its end. */
  readonly lifeOf?: (invocation: number) => Life | undefined;
  /** Told of every batch that was handed to the worker. */
  readonly onBatch?: (report: BatchReport) => void;
  /** The stores as the version that runs the nth invocation sees them. Default: one version. */
  readonly storesOf?: (invocation: number, stores: Stores) => Stores;
  /** What the reconciler works with, for whoever counts what passes its ports. */
  readonly aroundReconcile?: (control: ControlDeps) => ControlDeps;
}

export interface JobWish {
  readonly type: string;
  readonly params: object;
  readonly tenant?: string;
  readonly priority?: 'normal' | 'urgent';
  /** Milliseconds from now. */
  readonly deadlineMs?: number;
}

type Simulated<S> = Omit<Deployment, 'simulator'> & { readonly simulator: S };

export interface VendorScenario<S> extends Simulated<S> {
  submit(wish: JobWish): Promise<Job>;
  submitMany(count: number, wish: JobWish): Promise<Job[]>;
  /** Lets time pass until each of the jobs submitted so far has an outcome; answers them, in order. */
  finishAll(): Promise<Job[]>;
  job(id: string): Promise<Job>;
  /** How often each message was received, in the order of first receives. */
  receives(): number[];
}

/** From the receive to the first line of the function. */
const HAND_OVER_MS = 10;

export async function startVendorScenario<S extends Simulator>(
  vendor: ScenarioVendor<S>,
  {
    lifeOf,
    storesOf,
    onBatch = () => {},
    aroundReconcile = (control) => control,
    ...options
  }: ScenarioOptions = {},
): Promise<VendorScenario<S>> {
  const deployment = createVendorDeployment(vendor, options);
  const { clock, service, lane, jobs, control, announcer, stores, workerOf } = deployment;
  const submitted: string[] = [];
  const receives = new Map<string, number>();
  const idle: Worker[] = [];
  let invocations = 0;

  const invoke = async (event: SQSEvent): Promise<unknown> => {
    invocations += 1;
    const life = lifeOf?.(invocations);
    await clock.sleep(HAND_OVER_MS);
    for (const { messageId, attributes } of event.Records) {
      receives.set(messageId, Number(attributes.ApproximateReceiveCount));
    }
    const endsAtMs = clock.nowMs() + FUNCTION_TIMEOUT_MS;
    const seen = storesOf?.(invocations, stores);
    const own = life !== undefined || seen !== undefined;
    // An environment has one invocation at a time, and what it has learned serves the next.
    const environment = idle.pop() ?? workerOf(createLife());
    const worker = own ? workerOf(life ?? createLife(), seen) : environment;
    const answer = await worker(event, () => endsAtMs - clock.nowMs());
    idle.push(environment);
    // A killed process answers nothing, whatever its last words were.
    if (life?.over) throw new Error('the process was killed');
    return answer;
  };
  const reconciled = aroundReconcile(control);
  const reconcile = async (): Promise<void> => {
    await reconcileJobs(reconciled);
    clock.setTimer(clock.nowMs() + reconcileEveryMs, reconcile);
  };
  const submit = async (wish: JobWish): Promise<Job> => {
    const request = requestOf(wish, clock.nowMs());
    // A key makes the id, and by it the shard, the same in every run.
    const keyed = { ...request, idempotencyKey: `job ${submitted.length}` };
    const { job } = await submitJob(control, keyed, { way: 'http' });
    submitted.push(job.id);
    return job;
  };
  const job = async (id: string): Promise<Job> => {
    const row = await jobs.find(id);
    if (row) return row;
    throw new RangeError(`no job ${id}`);
  };

  clock.setTimer(clock.nowMs() + reconcileEveryMs, reconcile);
  await startEventSourceMapping({
    queue: createModelQueuePort(service, lane.name),
    timers: clock,
    config: {
      batchSize: workerMapping.batchSize,
      maximumConcurrency: workerMapping.concurrencyMax,
      reportBatchItemFailures: true,
      functionTimeoutMs: FUNCTION_TIMEOUT_MS,
    },
    invoke,
    onBatch,
  });
  return {
    ...deployment,
    submit,
    submitMany: (count, wish) => repeat(count, () => submit(wish)),
    async finishAll() {
      const isOver = (id: string) => announcer.announced.some((over) => over.id === id);
      await clock.runUntil(() => submitted.every(isOver));
      return Promise.all(submitted.map(job));
    },
    job,
    receives: () => [...receives.values()],
  };
}

export interface Scenario extends Awaited<ReturnType<typeof startScenario>> {}

/** Automox with a few devices. By default a job gives one of them one tag. */
export async function startScenario(options: ScenarioOptions = {}) {
  const scenario = await startVendorScenario(automoxVendor(), options);
  const [device = 0] = scenario.simulator.org(ORG).devices.keys();
  const usual: JobWish = {
    type: 'automox.servers.batch',
    params: {
      devices: [device],
      actions: [{ attribute: 'tags', action: 'apply', value: ['pilot'] }],
    },
  };
  const submit = (wish?: Partial<JobWish>) => scenario.submit({ ...usual, ...wish });
  return {
    ...scenario,
    submit,
    submitMany: (count: number, wish?: Partial<JobWish>) => repeat(count, () => submit(wish)),
  };
}

async function repeat(count: number, act: () => Promise<Job>): Promise<Job[]> {
  const made: Job[] = [];
  while (made.length < count) made.push(await act());
  return made;
}

const requestOf = ({ deadlineMs, ...wish }: JobWish, nowMs: number) => ({
  account: ACCOUNT,
  ...wish,
  ...(deadlineMs === undefined ? {} : { deadline: isoInstant(nowMs + deadlineMs) }),
});
