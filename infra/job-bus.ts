import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Topology } from '../shared/config/topology.ts';
import type { QueuePair } from './queue-pair.ts';

export interface JobBusProps {
  readonly shape: Topology['bus'];
  readonly intake: QueuePair;
  /** Other AWS accounts that may ask for jobs. */
  readonly accounts: readonly string[];
}

/**
 * The bus: jobs come in as `JobRequested` events whose detail is the job message, outcomes go out.
 * Intake gets the whole event, for its id tells a second delivery from a second request. An event
 * that EventBridge cannot deliver is kept with intake's dead letters.
 *
 * Refuses: from other accounts, anything but a request; nobody there can forge an outcome.
 */
export class JobBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { shape, intake, accounts }: JobBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: shape.name,
      description: 'Job requests in, job outcomes out',
    });
    new Rule(this, 'JobRequested', {
      ruleName: shape.ruleName,
      eventBus: this.bus,
      eventPattern: { detailType: [shape.detailType] },
      targets: [new SqsQueue(intake.queue, { deadLetterQueue: intake.deadLetterQueue })],
    });
    for (const account of accounts) this.#open(account, shape.detailType);
  }

  #open(account: string, detailType: string): void {
    this.bus.addToResourcePolicy(
      new PolicyStatement({
        sid: `Account${account}`,
        principals: [new AccountPrincipal(account)],
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: { StringEquals: { 'events:detail-type': detailType } },
      }),
    );
  }
}
