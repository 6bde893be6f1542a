import { Aspects, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { apiRoutes } from '../functions/api/contract.ts';
import { intakeMapping } from '../functions/intake/contract.ts';
import { reconcileTicks } from '../functions/reconcile/contract.ts';
import { webhookRoutes } from '../functions/webhook/contract.ts';
import { workerMapping } from '../functions/worker/contract.ts';
import { type SluiceConfig, webhookSecretId } from '../shared/config/sluice-config.ts';
import { describeTopology } from '../shared/config/topology.ts';
import { Alarms } from './alarms.ts';
import { consumeQueue } from './consume-queue.ts';
import { Dashboard } from './dashboard.ts';
import { EmptySecrets } from './empty-secrets.ts';
import type { FunctionName } from './function-contracts.ts';
import { createFunctions } from './functions.ts';
import { HttpInterface } from './http-interface.ts';
import { JobBus } from './job-bus.ts';
import { CONCURRENCY_MAX, checkLaneNumbers } from './lane-numbers.ts';
import { openIntake } from './open-intake.ts';
import { OwnKey } from './own-key.ts';
import { QueuePair } from './queue-pair.ts';
import { Reactions } from './reactions.ts';
import { createLane, environmentFor, type Lane, type Resources } from './resources.ts';
import { ResultsBucket } from './results-bucket.ts';
import type { Stage } from './stages.ts';
import { StateTable } from './state-table.ts';
import { Timetable } from './timetable.ts';

export interface SluiceStackProps extends StackProps {
  readonly config: SluiceConfig;
  /** The bundle of a function. */
  readonly codeFor: (name: FunctionName) => Code;
  readonly stage: Stage;
  /** Encrypts with a key of this stack's own instead of AWS's. */
  readonly ownKey?: boolean;
}

/** All of Sluice in one account and region: what the config describes, and the functions for it. */
export class SluiceStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { config, codeFor, stage, ownKey, ...props }: SluiceStackProps,
  ) {
    super(scope, id, props);
    const topology = describeTopology(config);
    const { prefix } = topology;
    const { senders } = config;
    if (ownKey) Aspects.of(this).add(new OwnKey(this, 'Key', { prefix, stage, senders }));
    const intake = new QueuePair(this, 'IntakeQueue', topology.intake);
    openIntake(intake.queue, senders);
    const resources: Resources = {
      secrets: new EmptySecrets(this, 'Secrets', topology.secrets),
      jobs: new StateTable(this, 'Jobs', topology.tables.jobs, stage),
      budgets: new StateTable(this, 'Budgets', topology.tables.budgets, stage),
      results: new ResultsBucket(this, 'Results', topology.bucket, stage),
      intake,
      bus: new JobBus(this, 'Bus', {
        shape: topology.bus,
        intake,
        accounts: senders.accounts,
      }),
      lanes: topology.lanes.map((lane) => createLane(this, lane, config)),
    };
    new Reactions(this, 'Reactions', {
      prefix,
      reactions: topology.reactions,
      bus: resources.bus.bus,
      intake,
    });
    const functions = createFunctions(this, {
      prefix,
      resources,
      environment: environmentFor(this, resources),
      webhookSecretIds: Object.keys(config.webhooks).map((name) => webhookSecretId(name, prefix)),
      codeFor,
      stage,
    });
    consumeQueue(functions.intake, intake, intakeMapping);
    for (const { lane, worker } of functions.workers) {
      const mapping = mappingOf(lane);
      checkLaneNumbers({ ...lane, queue: lane.queues.shape, mapping });
      consumeQueue(worker, lane.queues, mapping);
    }
    const routes = [
      { handledBy: functions.api, routes: apiRoutes },
      { handledBy: functions.webhook, routes: webhookRoutes },
    ];
    const http = new HttpInterface(this, 'Http', { prefix, routes, stage });
    const timetable = new Timetable(this, 'Timetable', {
      schedules: topology.schedules,
      shape: topology.timetable,
      intake,
      reconcile: functions.reconcile,
      ticks: reconcileTicks(prefix),
    });
    const webhookSources = Object.keys(config.webhooks);
    const watched = { prefix, resources, functions, webhookSources };
    if (stage.alarms) new Alarms(this, 'Alarms', { ...watched, timetable });
    new Dashboard(this, 'Dashboard', watched);
    this.#output('ApiUrl', http.url);
    this.#output('IntakeQueueUrl', intake.queue.queueUrl);
    this.#output('BusName', resources.bus.bus.eventBusName);
    this.#output('SecretIds', topology.secrets.map((secret) => secret.id).join(' '));
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}

/** A worker for the head of each line, and never fewer than the contract says. */
const mappingOf = ({ lines }: Lane) => ({
  ...workerMapping,
  concurrencyMax: Math.min(Math.max(workerMapping.concurrencyMax, lines), CONCURRENCY_MAX),
});
