import type { FunctionContract } from '../../shared/config/function-contract.ts';
import { FUNCTION_TIMEOUT_MS } from '../../shared/config/topology.ts';

/** Takes webhooks: verifies, maps the payload to jobs, submits them. */
export const webhookContract = {
  name: 'webhook',
  environment: ['configFile', 'jobsTable', 'queueUrls'],
  memoryMb: 512,
  timeoutMs: FUNCTION_TIMEOUT_MS,
} as const satisfies FunctionContract;

/** Open at the gateway: the signature over the raw bytes is what authorizes. */
export const webhookRoutes = [{ route: 'POST /webhooks/{source}', open: true }] as const;
