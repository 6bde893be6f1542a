/** The functions of a deployment in their own processes, and what feeds each of them. */
import { invariant } from '../../shared/kernel/invariant.ts';
import type { SqsService } from '../emulators/sqs/sqs-service.ts';
import type { BatchReport } from '../event-source-mapping/event-source-mapping.ts';
import { createFunctionPool, type FunctionPool } from '../function-host/function-pool.ts';
import type { Deployment } from './deployment.ts';
import type { FunctionHost } from './function-hosts.ts';
import { mapQueue } from './map-queue.ts';
import type { RouteTable } from './route-table.ts';

export interface FunctionSettings {
  readonly host: FunctionHost;
  readonly onLog: (functionLabel: string, line: string) => void;
  /** Told of every batch that a queue's mapping handed to its function. */
  readonly onBatch: (queueName: string, report: BatchReport) => void;
}

export interface LocalFunctions {
  readonly routes: RouteTable;
  /** By label: `api`, `worker-automox`. */
  readonly pools: Readonly<Record<string, FunctionPool>>;
  /** As another service does, by the name that the function has on AWS. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Takes no new message, then waits for what runs, then ends the processes. */
  close(): Promise<void>;
}

/** A laptop's share of the concurrency that AWS gives; each environment is a process. */
const CONCURRENCY_MAX = 4;

export async function startFunctions(
  { functions, mappings, routes }: Deployment,
  sqs: SqsService,
  { host, onLog, onBatch }: FunctionSettings,
): Promise<LocalFunctions> {
  const started = functions.map((deployed) => {
    const { label, name, timeoutMs } = deployed;
    const start = () => host(deployed, (line) => onLog(label, line));
    return {
      label,
      name,
      timeoutMs,
      pool: createFunctionPool({ name: label, start }, CONCURRENCY_MAX),
    };
  });
  const closePools = () => Promise.all(started.map(({ pool }) => pool.close()));
  await Promise.all(started.map(({ pool }) => pool.warm())).catch(async (error: unknown) => {
    await closePools();
    throw error;
  });
  const find = (key: 'label' | 'name', value: string) => {
    const found = started.find((it) => it[key] === value);
    invariant(found !== undefined, `no function is called "${value}"`);
    return found;
  };
  const running = await Promise.all(
    mappings.map((mapping) => {
      const { pool, timeoutMs } = find('label', mapping.takenBy);
      const told = (report: BatchReport): void => onBatch(mapping.queueName, report);
      const fed = { ...mapping, timeoutMs, invoke: pool.invoke, onBatch: told };
      return mapQueue(sqs, fed, CONCURRENCY_MAX);
    }),
  );
  return {
    routes: routes.map(({ route, answeredBy }) => ({
      route,
      invoke: find('label', answeredBy).pool.invoke,
    })),
    pools: Object.fromEntries(started.map(({ label, pool }) => [label, pool])),
    invoke: (name, event) => find('name', name).pool.invoke(event),
    async close() {
      await Promise.all(running.map((mapping) => mapping.stop()));
      await closePools();
    },
  };
}
