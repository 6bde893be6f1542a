import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';

/** Answers the job, job-type and budget routes. */
export const apiContract = {
  name: 'api',
  environment: ['configFile', 'jobsTable', 'budgetsTable', 'resultsBucket', 'busName', 'queueUrls'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

/**
 * Routes of the HTTP API that reach the function. `open` ones need no IAM signature. A budget id holds
 * slashes, so its routes take it as three path parts, or as one percent-encoded part.
 */
export const apiRoutes = [
  { route: 'POST /jobs', open: false },
  { route: 'GET /jobs', open: false },
  { route: 'GET /jobs/{id}', open: false },
  { route: 'GET /jobs/{id}/result', open: false },
  { route: 'POST /jobs/{id}/cancel', open: false },
  { route: 'POST /jobs/{id}/retry', open: false },
  { route: 'GET /job-types', open: false },
  { route: 'GET /budgets', open: false },
  { route: 'POST /budgets/{id}/pause', open: false },
  { route: 'POST /budgets/{id}/resume', open: false },
  { route: 'POST /budgets/{provider}/{account}/{name}/pause', open: false },
  { route: 'POST /budgets/{provider}/{account}/{name}/resume', open: false },
  { route: 'GET /health', open: true },
] as const;

export type ApiRoute = (typeof apiRoutes)[number]['route'];
