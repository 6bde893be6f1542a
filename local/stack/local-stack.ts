/**
 * Sluice on one machine: the very functions that AWS runs, fed by emulators of the services that feed
 * them there, talking to them through the AWS SDK over the wire, and to simulated vendors over HTTP.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reconcileEveryMs } from '../../functions/reconcile/contract.ts';
import { accountSecretId } from '../../shared/config/account.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { checkConfig } from '../../shared/providers/check-config.ts';
import type { AwsCall } from '../emulators/endpoint/aws-service.ts';
import { type LocalFunctions, startFunctions } from './functions.ts';
import { startHttpFront } from './http-front.ts';
import { LOCAL_REGION, type LocalAws, startLocalAws } from './local-aws.ts';
import { type Provisioned, provision } from './provision.ts';
import { requeueAfterRestart } from './requeue.ts';
import { type SimulatedVendors, startSimulatedVendors } from './simulated-vendors.ts';
import { ensureWebhookSecrets } from './webhook-secrets.ts';

export interface LocalStackOptions {
  readonly config: SluiceConfig;
  /** Where rows, results and secrets are kept; a temporary folder, removed at the end, when absent. */
  readonly dataDir?: string;
  /** Of the HTTP API; AWS and the simulators take the next ones. 0 takes any free ports. */
  readonly port: number;
  readonly devices?: number;
  readonly onAwsCall?: (call: AwsCall) => void;
  /** Told of every line that a function writes. */
  readonly onLog?: (functionName: string, line: string) => void;
  readonly onDefect?: (error: unknown) => void;
}

export interface LocalStack {
  readonly url: string;
  readonly awsUrl: string;
  readonly intakeQueueUrl: string;
  readonly health: () => unknown;
  readonly aws: LocalAws;
  readonly vendors: SimulatedVendors;
  readonly functions: LocalFunctions;
  /** Open jobs of a former run that were put on the queue again. */
  readonly requeued: number;
  close(): Promise<void>;
}

const DEVICES = 1_500;

export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  checkConfig(options.config, Date.now());
  const topology = describeTopology(options.config);
  const directory = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sluice-'));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { port } = options;
  const aws = await startLocalAws({
    ...(options.dataDir === undefined ? {} : { directory }),
    port: port === 0 ? 0 : port + 1,
    onDefect: options.onDefect ?? (() => undefined),
    ...(options.onAwsCall ? { onCall: options.onAwsCall } : {}),
  });
  const queues = await provision(aws.url, topology);
  const vendors = await startSimulatedVendors({
    config: options.config,
    awsUrl: aws.url,
    port: port === 0 ? 0 : port + 2,
    devices: options.devices ?? DEVICES,
  });
  await ensureWebhookSecrets(aws.url, options.config);
  const configFile = join(directory, 'sluice.config.json');
  writeFileSync(configFile, JSON.stringify(vendors.config), { mode: 0o600 });
  const functions = await startFunctions(topology, aws.sqs, {
    values: {
      configFile,
      jobsTable: topology.tables.jobs.name,
      budgetsTable: topology.tables.budgets.name,
      resultsBucket: topology.bucket.name,
      busName: topology.bus.name,
      intakeDeadLetterUrl: queues.intakeDeadLetterUrl,
      queueUrls: JSON.stringify(queues.queueUrls),
      localStack: '1',
    },
    awsUrl: aws.url,
    region: LOCAL_REGION,
    onLog: options.onLog ?? (() => undefined),
  });
  const health = () => describeHealth(options.config, aws, queues, vendors);
  const front = await startHttpFront({ port, routes: functions.routes, health });
  const requeued = await requeueAfterRestart(aws.url, topology, queues.queueUrls);
  const reconciler = setInterval(() => {
    Promise.all([functions.reconcile(), aws.sweepExpired()]).catch((error: unknown) =>
      options.onDefect?.(error),
    );
  }, reconcileEveryMs);
  return {
    url: front.url,
    awsUrl: aws.url,
    intakeQueueUrl: queues.intakeQueueUrl,
    health,
    aws,
    vendors,
    functions,
    requeued,
    async close() {
      clearInterval(reconciler);
      await front.close();
      await functions.close();
      await vendors.close();
      await aws.close();
      if (options.dataDir === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function describeHealth(
  { accounts, webhooks }: SluiceConfig,
  aws: LocalAws,
  queues: Provisioned,
  vendors: SimulatedVendors,
) {
  const services = [
    'sqs',
    'dynamodb',
    's3',
    'secretsManager',
    'eventBridge',
    'scheduler',
    'stepFunctions',
  ];
  return {
    status: 'ok',
    aws: Object.fromEntries(services.map((service) => [service, aws.url])),
    region: LOCAL_REGION,
    intakeQueueUrl: queues.intakeQueueUrl,
    intakeDeadLetterUrl: queues.intakeDeadLetterUrl,
    queueUrls: queues.queueUrls,
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([name, { provider }]) => [
        name,
        { provider, secretId: accountSecretId(name) },
      ]),
    ),
    webhooks: Object.keys(webhooks),
    simulators: vendors.urls,
  };
}
