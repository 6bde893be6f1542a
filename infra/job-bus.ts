import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Topology } from '../shared/config/topology.ts';
import type { QueuePair } from './queue-pair.ts';

/**
 * The bus: jobs come in as `JobRequested` events whose detail is the job message, outcomes go out.
 * Intake gets the whole event, for its id tells a second delivery from a second request. An event
 * that EventBridge cannot deliver is kept with intake's dead letters.
 */
export class JobBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, shape: Topology['bus'], intake: QueuePair) {
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
  }
}
