import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';

/** Answers the job, job-type and budget routes. */
export const apiContract = {
  name: 'api',
  environment: ['configFile', 'jobsTable', 'budgetsTable', 'resultsBucket', 'busName', 'queueUrls'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

/** Routes of the HTTP API that reach the function. `open` ones need no IAM signature. */
export const apiRoutes = [
  { method: 'POST', path: '/jobs', open: false },
  { method: 'GET', path: '/jobs', open: false },
  { method: 'GET', path: '/jobs/{id}', open: false },
  { method: 'GET', path: '/jobs/{id}/result', open: false },
  { method: 'POST', path: '/jobs/{id}/cancel', open: false },
  { method: 'POST', path: '/jobs/{id}/retry', open: false },
  { method: 'GET', path: '/job-types', open: false },
  { method: 'GET', path: '/budgets', open: false },
  { method: 'POST', path: '/budgets/{id}/pause', open: false },
  { method: 'POST', path: '/budgets/{id}/resume', open: false },
  { method: 'GET', path: '/health', open: true },
] as const;
