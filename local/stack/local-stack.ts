/**
 * Sluice on one machine: the very functions that AWS runs, fed by emulators of the services that feed
 * them there, talking to them through the AWS SDK over the wire, and to simulated vendors over HTTP.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { minutes } from '../../shared/kernel/duration.ts';
import { checkConfig } from '../../shared/providers/check-config.ts';
import type { AwsCall } from '../emulators/endpoint/aws-service.ts';
import type { FaultInjector } from '../emulators/endpoint/fault-injector.ts';
import type { BatchReport } from '../event-source-mapping/event-source-mapping.ts';
import { type Closing, createClosing } from './closing.ts';
import { describeHealth } from './describe-health.ts';
import { findQueues } from './find-queues.ts';
import { type LocalFunctions, startFunctions } from './functions.ts';
import { startHttpFront } from './http-front.ts';
import { type LocalAws, startLocalAws } from './local-aws.ts';
import { prepareFunctions } from './prepare-functions.ts';
import { provision } from './provision.ts';
import { requeueAfterRestart } from './requeue.ts';
import { type SimulatedVendors, startSimulatedVendors } from './simulated-vendors.ts';
import type { TableCall } from './table-calls.ts';
import { makeResources } from './template/make-resources.ts';
import { readResources } from './template/read-resources.ts';
import { parseTemplate } from './template/template.ts';
import type { SimulatedFleets } from './vendor-simulators.ts';
import { ensureWebhookSecrets } from './webhook-secrets.ts';

export interface LocalStackOptions {
  readonly config: SluiceConfig;
  /** Where rows, results and secrets are kept; a temporary folder, removed at the end, when absent. */
  readonly dataDir?: string;
  /** Of the HTTP API; AWS and the simulators take the next ones. 0 takes any free ports. */
  readonly port: number;
  readonly devices?: number;
  /** Where a simulated vendor is to be filled otherwise. */
  readonly fleets?: Partial<SimulatedFleets>;
  /** Runs built bundles as Lambda does; the sources in plain processes when absent. */
  readonly bundles?: boolean;
  /** What `cdk synth` wrote: all is made and run as it says, from bundles, instead of the topology. */
  readonly template?: unknown;
  /** Multiplies every window of the simulated vendors; default 1. */
  readonly windowScale?: number;
  readonly onAwsCall?: (call: AwsCall) => void;
  readonly onTableCall?: (call: TableCall) => void;
  /** Calls that AWS is to fail, for who measures what comes of it. */
  readonly faults?: Pick<FaultInjector, 'take'>;
  /** Told of every batch that a queue's mapping handed to its function. */
  readonly onBatch?: (queueName: string, report: BatchReport) => void;
  /** Told of every line that a function writes. */
  readonly onLog?: (functionName: string, line: string) => void;
  readonly onDefect?: (error: unknown) => void;
}

export interface LocalStack {
  readonly url: string;
  readonly awsUrl: string;
  readonly intakeQueueUrl: string;
  readonly health: () => ReturnType<typeof describeHealth>;
  readonly aws: LocalAws;
  readonly vendors: SimulatedVendors;
  readonly functions: LocalFunctions;
  /** Open jobs of a former run that were put on the queue again. */
  readonly requeued: number;
  close(): Promise<void>;
}

const DEVICES = 1_500;
const SWEEP_EVERY_MS = minutes(1);

/** Where a part cannot be started, those that were are closed again. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  checkConfig(options.config, Date.now());
  const closing = createClosing();
  try {
    return await openStack(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function openStack(options: LocalStackOptions, closing: Closing): Promise<LocalStack> {
  const { port, onDefect = () => undefined } = options;
  const topology = describeTopology(options.config);
  const directory = openDirectory(options, closing);
  const aws = await startLocalAws({
    ...(options.dataDir === undefined ? {} : { directory }),
    port: port === 0 ? 0 : port + 1,
    onDefect,
    ...(options.onAwsCall ? { onCall: options.onAwsCall } : {}),
    ...(options.onTableCall ? { onTableCall: options.onTableCall } : {}),
    ...(options.faults ? { faults: options.faults } : {}),
  });
  closing.add(aws);
  const template = readTemplate(options.template, aws.url);
  if (template === undefined) await provision(aws.url, topology);
  else await makeResources(aws.url, template);
  const queues = await findQueues(aws.url, topology);
  const vendors = await startSimulatedVendors({
    config: options.config,
    awsUrl: aws.url,
    port: port === 0 ? 0 : port + 2,
    devices: options.devices ?? DEVICES,
    ...(options.fleets ? { fleets: options.fleets } : {}),
    windowScale: options.windowScale ?? 1,
  });
  closing.add(vendors);
  await ensureWebhookSecrets(aws.url, options.config);
  const { deployment, host } = await prepareFunctions({
    topology,
    queues,
    config: vendors.config,
    awsUrl: aws.url,
    directory,
    bundles: options.bundles ?? false,
    template,
  });
  const functions = await startFunctions(deployment, aws.sqs, {
    host,
    onLog: options.onLog ?? (() => undefined),
    onBatch: options.onBatch ?? (() => undefined),
  });
  closing.add(functions);
  const health = () => describeHealth(options.config, { awsUrl: aws.url, queues, vendors });
  const front = await startHttpFront({ port, routes: functions.routes, health });
  closing.add(front);
  const requeued = await requeueAfterRestart(aws.url, topology, queues.queueUrls);
  aws.serveFunctions(functions.invoke);
  const sweeping = setInterval(() => void aws.sweepExpired().catch(onDefect), SWEEP_EVERY_MS);
  closing.add({ close: async () => clearInterval(sweeping) });
  return {
    url: front.url,
    awsUrl: aws.url,
    intakeQueueUrl: queues.intakeQueueUrl,
    health,
    aws,
    vendors,
    functions,
    requeued,
    close: closing.close,
  };
}

/** Given, or temporary and removed at the end. */
function openDirectory({ dataDir }: LocalStackOptions, closing: Closing): string {
  if (dataDir !== undefined) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return dataDir;
  }
  const directory = mkdtempSync(join(tmpdir(), 'sluice-'));
  closing.add({ close: async () => rmSync(directory, { recursive: true, force: true }) });
  return directory;
}

const readTemplate = (template: unknown, awsUrl: string) =>
  template === undefined ? undefined : readResources(parseTemplate(template), awsUrl);
