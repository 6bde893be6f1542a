import { Aws } from 'aws-cdk-lib';
import { CfnRule, type EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Topology } from '../shared/config/topology.ts';
import type { QueuePair } from './queue-pair.ts';

export interface ReactionsProps {
  readonly prefix: string;
  readonly reactions: Topology['reactions'];
  readonly bus: EventBus;
  readonly intake: QueuePair;
}

/**
 * The rules of the config: each writes a job message from an event on the bus and sends it to intake.
 * What cannot be delivered is kept with intake's dead letters.
 *
 * A queue's policy holds 20 statements, so the rules share one on each queue, bound to their names on
 * this bus. They may send whichever services the config lets in (`openIntake`).
 */
export class Reactions extends Construct {
  constructor(scope: Construct, id: string, { prefix, reactions, bus, intake }: ReactionsProps) {
    super(scope, id);
    if (reactions.length === 0) return;
    const { queue, deadLetterQueue } = intake;
    for (const { name, enabled, pattern, inputPaths, template } of reactions) {
      new CfnRule(this, name, {
        name,
        eventBusName: bus.eventBusName,
        eventPattern: pattern,
        state: enabled ? 'ENABLED' : 'DISABLED',
        targets: [
          {
            id: 'intake',
            arn: queue.queueArn,
            deadLetterConfig: { arn: deadLetterQueue.queueArn },
            inputTransformer: { inputPathsMap: inputPaths, inputTemplate: template },
          },
        ],
      });
    }
    const rules = `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule`;
    for (const target of [queue, deadLetterQueue]) {
      target.addToResourcePolicy(
        new PolicyStatement({
          sid: target === queue ? 'Reactions' : 'UndeliveredReactions',
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [target.queueArn],
          conditions: {
            ArnLike: { 'aws:SourceArn': `${rules}/${bus.eventBusName}/${prefix}-reaction-*` },
            StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          },
        }),
      );
    }
  }
}
