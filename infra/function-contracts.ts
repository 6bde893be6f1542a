import { apiContract } from '../functions/api/contract.ts';
import { intakeContract } from '../functions/intake/contract.ts';
import { reconcileContract } from '../functions/reconcile/contract.ts';
import { webhookContract } from '../functions/webhook/contract.ts';
import { workerContract } from '../functions/worker/contract.ts';

/** Every function there is: what is bundled, and what the stack may deploy. */
export const functionContracts = [
  intakeContract,
  webhookContract,
  apiContract,
  workerContract,
  reconcileContract,
] as const;

export type FunctionName = (typeof functionContracts)[number]['name'];
