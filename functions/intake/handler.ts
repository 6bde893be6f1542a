import { createSqsClient } from '../../shared/aws/clients.ts';
import { createSqsDeadLetters } from '../../shared/aws/sqs-dead-letters.ts';
import { createSqsDeferrals } from '../../shared/aws/sqs-deferrals.ts';
import { parseEnvironment } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createFunctionMetrics } from '../metrics.ts';
import { createSubmitDeps } from '../submitting.ts';
import { readConfig } from '../wiring.ts';
import { intakeContract } from './contract.ts';
import { createIntake } from './intake.ts';

const env = parseEnvironment(intakeContract.environment, process.env);
const log = createLog(intakeContract.name);
const config = readConfig(env);
const metrics = createFunctionMetrics(config);
const client = createSqsClient();
const deadLetters = createSqsDeadLetters({ client, queueUrl: env.intakeDeadLetterUrl });
const deferrals = createSqsDeferrals({ client, queueUrl: env.intakeQueueUrl });

export const handler = createHandler(
  log,
  metrics,
  createIntake({ ...createSubmitDeps(env, config), deadLetters, deferrals, log, metrics }),
);
