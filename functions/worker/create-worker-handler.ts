import type { SQSEvent } from 'aws-lambda';
import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { createFunctionMetrics } from '../metrics.ts';
import { readConfig } from '../wiring.ts';
import { workerContract } from './contract.ts';
import { wireWorker } from './wire-worker.ts';

/** The handler of one provider's worker: its bundle holds that provider and no other. */
export function createWorkerHandler(provider: Provider) {
  const env = parseEnvironment(workerContract.environment, process.env);
  const log = createLog(`${workerContract.name}-${provider.name}`);
  const config = readConfig(env);
  const metrics = createFunctionMetrics(config);
  const worker = wireWorker(provider, env, config, { log, metrics });
  return createHandler(log, metrics, (event: SQSEvent, context) =>
    worker(event, () => context.getRemainingTimeInMillis()),
  );
}
