import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { apiContract } from '../functions/api/contract.ts';
import { intakeContract } from '../functions/intake/contract.ts';
import { reconcileContract } from '../functions/reconcile/contract.ts';
import { webhookContract } from '../functions/webhook/contract.ts';
import { workerContract } from '../functions/worker/contract.ts';
import { type FunctionContract, functionLabel } from '../shared/config/function-contract.ts';
import * as access from './access.ts';
import type { FunctionName } from './function-contracts.ts';
import type { Lane, Resources } from './resources.ts';
import { type DeployedEnvironment, SluiceFunction } from './sluice-function.ts';
import type { Stage } from './stages.ts';

export interface FunctionsProps {
  readonly prefix: string;
  readonly resources: Resources;
  readonly environment: DeployedEnvironment;
  readonly webhookSecretIds: readonly string[];
  readonly codeFor: (name: FunctionName) => Code;
  readonly stage: Stage;
}

export interface Functions {
  readonly intake: SluiceFunction;
  readonly webhook: SluiceFunction;
  readonly api: SluiceFunction;
  readonly reconcile: SluiceFunction;
  readonly workers: readonly { readonly lane: Lane; readonly worker: SluiceFunction }[];
}

/** Who may do what: each function with the only statements its role holds. */
export function createFunctions(scope: Construct, props: FunctionsProps): Functions {
  const { secrets, jobs, budgets, results, bus, intake, lanes } = props.resources;
  const laneQueues = lanes.map(({ queues }) => queues.queue);
  const sendJobs = [access.jobRows(jobs), access.sendTo(laneQueues)];
  const submitJobs = [...sendJobs, access.countIn(laneQueues)];
  const announceOutcomes = [access.publishTo(bus.bus.eventBusArn), access.answerTasks()];
  const create = deployer(scope, props);
  return {
    intake: create('Intake', intakeContract, [
      ...submitJobs,
      access.sendTo([intake.deadLetterQueue]),
    ]),
    webhook: create('Webhook', webhookContract, [
      ...submitJobs,
      ...access.readSecrets(secrets.arnsOf(props.webhookSecretIds)),
    ]),
    api: create('Api', apiContract, [
      ...submitJobs,
      ...announceOutcomes,
      access.jobLists(jobs),
      access.budgetRows(budgets),
      access.readObjects(results.bucket),
      access.tellAbsence(results.bucket),
    ]),
    reconcile: create('Reconcile', reconcileContract, [
      ...sendJobs,
      ...announceOutcomes,
      access.dueJobs(jobs),
      access.tellVersions(secrets.arns),
    ]),
    workers: lanes.map((lane) => ({
      lane,
      worker: create(
        `Worker-${lane.provider}`,
        { ...workerContract, name: functionLabel(workerContract.name, lane.provider) },
        [
          access.jobRows(jobs),
          ...announceOutcomes,
          access.budgetRows(budgets),
          access.writeObjects(results.bucket),
          access.tellAbsence(results.bucket),
          ...access.readSecrets(secrets.arnsOf([...lane.secretIds, ...lane.keptSecretIds])),
          ...access.writeSecrets(secrets.arnsOf(lane.keptSecretIds)),
        ],
      ),
    })),
  };
}

type NamedContract = FunctionContract & { readonly name: FunctionName };

const deployer =
  (scope: Construct, { prefix, environment, codeFor, stage }: FunctionsProps) =>
  (id: string, contract: NamedContract, statements: readonly PolicyStatement[]) =>
    new SluiceFunction(scope, id, {
      contract,
      prefix,
      code: codeFor(contract.name),
      environment,
      statements,
      stage,
    });
