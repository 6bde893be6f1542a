import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';

/**
 * Runs jobs of one provider; deployed once per provider, each with that provider's code and secrets
 * only.
 */
export const workerContract = {
  name: 'worker',
  environment: ['configFile', 'jobsTable', 'budgetsTable', 'resultsBucket', 'busName', 'queueUrls'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

/**
 * The event-source mapping of a lane. One message a batch: only the head of a group is ever received,
 * so a backlog costs no receives (a batch would receive a group's next messages with its head). As
 * many invocations as the most lines that one tenant has, and some for the others.
 */
export const workerMapping = { batchSize: 1, concurrencyMax: 80 } as const;
