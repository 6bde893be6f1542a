/** The functions of the topology in their own processes, and what feeds each of them. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiContract, apiRoutes } from '../../functions/api/contract.ts';
import { intakeContract, intakeMapping } from '../../functions/intake/contract.ts';
import { reconcileContract } from '../../functions/reconcile/contract.ts';
import { webhookContract, webhookRoutes } from '../../functions/webhook/contract.ts';
import { workerContract, workerMapping } from '../../functions/worker/contract.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import { type EnvironmentKey, environmentNames } from '../../shared/config/environment.ts';
import {
  type FunctionContract,
  functionLabel,
  handlerFile,
} from '../../shared/config/function-contract.ts';
import type { Topology } from '../../shared/config/topology.ts';
import type { SqsService } from '../emulators/sqs/sqs-service.ts';
import type { BatchReport } from '../event-source-mapping/event-source-mapping.ts';
import { createFunctionPool, type FunctionPool } from '../function-host/function-pool.ts';
import { mapQueue } from './map-queue.ts';
import type { RouteTable } from './route-table.ts';

export interface FunctionSettings {
  /** Every value a contract may ask for. */
  readonly values: Readonly<Record<EnvironmentKey, string>>;
  readonly awsUrl: string;
  readonly region: string;
  readonly onLog: (functionName: string, line: string) => void;
  /** Told of every batch that a queue's mapping handed to its function. */
  readonly onBatch: (queueName: string, report: BatchReport) => void;
}

export interface LocalFunctions {
  readonly routes: RouteTable;
  readonly pools: Readonly<Record<string, FunctionPool>>;
  reconcile(): Promise<void>;
  /** Takes no new message, then waits for what runs, then ends the processes. */
  close(): Promise<void>;
}

/** A laptop's share of the concurrency that AWS gives; each environment is a process. */
const CONCURRENCY_MAX = 4;

const FUNCTIONS = fileURLToPath(new URL('../../functions', import.meta.url));

export async function startFunctions(
  topology: Topology,
  sqs: SqsService,
  settings: FunctionSettings,
): Promise<LocalFunctions> {
  const pool = (contract: FunctionContract, provider?: ProviderName) =>
    createFunctionPool(
      {
        name: provider === undefined ? contract.name : functionLabel(contract.name, provider),
        handlerFile: join(FUNCTIONS, handlerFile(contract.name, provider)),
        environment: environmentOf(contract, settings),
        timeoutMs: contract.timeoutMs,
        onLog: (line) => settings.onLog(contract.name, line),
      },
      CONCURRENCY_MAX,
    );
  const api = pool(apiContract);
  const webhook = pool(webhookContract);
  const intake = pool(intakeContract);
  const reconcile = pool(reconcileContract);
  const workers = topology.lanes.map(({ provider, queue }) => ({
    name: functionLabel(workerContract.name, provider),
    queue: queue.name,
    pool: pool(workerContract, provider),
  }));
  const pools = {
    api,
    webhook,
    intake,
    reconcile,
    ...Object.fromEntries(workers.map((worker) => [worker.name, worker.pool])),
  };
  const closePools = () => Promise.all(Object.values(pools).map((it) => it.close()));
  await Promise.all(Object.values(pools).map((it) => it.warm())).catch(async (error: unknown) => {
    await closePools();
    throw error;
  });
  const mapped = [
    {
      queueName: topology.intake.name,
      pool: intake,
      contract: intakeContract,
      mapping: intakeMapping,
    },
    ...workers.map(({ queue, pool: worker }) => ({
      queueName: queue,
      pool: worker,
      contract: workerContract,
      mapping: workerMapping,
    })),
  ];
  const mappings = await Promise.all(
    mapped.map(({ pool: { invoke }, ...it }) => {
      const onBatch = (report: BatchReport): void => settings.onBatch(it.queueName, report);
      return mapQueue(sqs, { ...it, invoke, onBatch }, CONCURRENCY_MAX);
    }),
  );
  return {
    routes: [
      ...apiRoutes.map(({ route }) => ({ route, invoke: api.invoke })),
      ...webhookRoutes.map(({ route }) => ({ route, invoke: webhook.invoke })),
    ],
    pools,
    reconcile: async () => void (await reconcile.invoke({})),
    async close() {
      await Promise.all(mappings.map((mapping) => mapping.stop()));
      await closePools();
    },
  };
}

function environmentOf(
  contract: FunctionContract,
  { values, awsUrl, region }: FunctionSettings,
): Readonly<Record<string, string>> {
  const named = contract.environment.map((key) => [environmentNames[key], values[key]]);
  return {
    ...Object.fromEntries(named),
    [environmentNames.localStack]: '1',
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: contract.name,
    POWERTOOLS_LOG_LEVEL: 'INFO',
  };
}
