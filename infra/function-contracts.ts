import { apiContract } from '../functions/api/contract.ts';
import { intakeContract } from '../functions/intake/contract.ts';
import { reconcileContract } from '../functions/reconcile/contract.ts';
import { webhookContract } from '../functions/webhook/contract.ts';
import { workerContract } from '../functions/worker/contract.ts';
import type { ProviderName } from '../shared/config/account.ts';
import { functionLabel, handlerFile } from '../shared/config/function-contract.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { describeTopology } from '../shared/config/topology.ts';

const contracts = [intakeContract, webhookContract, apiContract, reconcileContract] as const;

export type WorkerName = `${(typeof workerContract)['name']}-${ProviderName}`;
export type FunctionName = (typeof contracts)[number]['name'] | WorkerName;

export interface FunctionEntry {
  readonly name: FunctionName;
  /** Below `functions/`. */
  readonly file: string;
}

/** What is bundled and deployed for a config: each function, and a worker for each of its providers. */
export const functionEntries = (config: SluiceConfig): readonly FunctionEntry[] => [
  ...contracts.map(({ name }) => ({ name, file: handlerFile(name) })),
  ...describeTopology(config).lanes.map(({ provider }) => ({
    name: functionLabel(workerContract.name, provider),
    file: handlerFile(workerContract.name, provider),
  })),
];
