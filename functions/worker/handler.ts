import type { SQSEvent } from 'aws-lambda';
import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { workerContract } from './contract.ts';
import { wireWorker } from './wire-worker.ts';

const env = parseEnvironment(workerContract.environment, process.env);
const log = createLog(`${workerContract.name}-${env.provider}`);
const worker = wireWorker(env, log);

export const handler = createHandler(log, (event: SQSEvent, context) =>
  worker(event, () => context.getRemainingTimeInMillis()),
);
