import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';

/** Takes job messages that other AWS services put on the intake queue. */
export const intakeContract = {
  name: 'intake',
  environment: ['configFile', 'jobsTable', 'queueUrls', 'intakeQueueUrl', 'intakeDeadLetterUrl'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

/** The event-source mapping of the intake queue (standard): batches of ten, no window to wait for. */
export const intakeMapping = { batchSize: 10, concurrencyMax: 10 } as const;
