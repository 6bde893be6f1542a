/**
 * What runs: the functions with their variables, and what feeds each of them. As data, so that what the
 * topology says and what a synthesized template says can be compared and run by the same code.
 */
import { apiContract, apiRoutes } from '../../functions/api/contract.ts';
import { intakeContract, intakeMapping } from '../../functions/intake/contract.ts';
import { reconcileContract } from '../../functions/reconcile/contract.ts';
import { webhookContract, webhookRoutes } from '../../functions/webhook/contract.ts';
import { workerContract, workerMapping } from '../../functions/worker/contract.ts';
import { type EnvironmentKey, environmentNames } from '../../shared/config/environment.ts';
import { type FunctionContract, functionLabel } from '../../shared/config/function-contract.ts';
import type { Topology } from '../../shared/config/topology.ts';

export interface DeployedFunction {
  /** `api`, `worker-automox`. */
  readonly label: string;
  /** As it is called on AWS. */
  readonly name: string;
  readonly handler: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
}

export interface DeployedMapping {
  readonly queueName: string;
  /** Label of the function that takes its messages. */
  readonly takenBy: string;
  readonly batchSize: number;
  readonly maximumConcurrency: number;
  readonly reportBatchItemFailures: boolean;
}

export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  readonly mappings: readonly DeployedMapping[];
  /** `GET /jobs/{id}` → label of the function that answers it. */
  readonly routes: readonly { readonly route: string; readonly answeredBy: string }[];
}

export type EnvironmentValues = Readonly<Partial<Record<EnvironmentKey, string>>>;

/** What the contracts of the functions say. */
export function describeDeployment(topology: Topology, values: EnvironmentValues): Deployment {
  const one = (contract: FunctionContract, label = contract.name): DeployedFunction => ({
    label,
    name: `${topology.prefix}-${label}`,
    handler: 'index.handler',
    variables: variablesOf(contract, values),
    memoryMb: contract.memoryMb,
    timeoutMs: contract.timeoutMs,
  });
  const workers = topology.lanes.map(({ provider, queue }) => ({
    label: functionLabel(workerContract.name, provider),
    queueName: queue.name,
  }));
  return {
    functions: [
      ...[apiContract, webhookContract, intakeContract, reconcileContract].map((it) => one(it)),
      ...workers.map(({ label }) => one(workerContract, label)),
    ],
    mappings: [
      mapping(topology.intake.name, intakeContract.name, intakeMapping),
      ...workers.map(({ label, queueName }) => mapping(queueName, label, workerMapping)),
    ],
    routes: [
      ...apiRoutes.map(({ route }) => ({ route, answeredBy: apiContract.name })),
      ...webhookRoutes.map(({ route }) => ({ route, answeredBy: webhookContract.name })),
    ],
  };
}

const mapping = (
  queueName: string,
  takenBy: string,
  { batchSize, concurrencyMax }: { readonly batchSize: number; readonly concurrencyMax: number },
): DeployedMapping => ({
  queueName,
  takenBy,
  batchSize,
  maximumConcurrency: concurrencyMax,
  reportBatchItemFailures: true,
});

const variablesOf = (
  { environment }: FunctionContract,
  values: EnvironmentValues,
): Readonly<Record<string, string>> =>
  Object.fromEntries(environment.map((key) => [environmentNames[key], values[key] ?? '']));
