import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** A bucket's ARN names neither region nor account; `aws:SourceAccount` is what binds it. */
const senders = [
  {
    sid: 'EventRulesOfThisAccount',
    service: 'events.amazonaws.com',
    source: `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/*`,
  },
  {
    sid: 'TopicsOfThisAccount',
    service: 'sns.amazonaws.com',
    source: `arn:${Aws.PARTITION}:sns:*:${Aws.ACCOUNT_ID}:*`,
  },
  {
    sid: 'BucketsOfThisAccount',
    service: 's3.amazonaws.com',
    source: `arn:${Aws.PARTITION}:s3:::*`,
  },
] as const;

/**
 * Lets this account's event rules, topics and buckets put jobs on the intake queue.
 *
 * Refuses: those of any other account, whichever service acts for them (the confused deputy).
 * EventBridge Scheduler, Pipes and Step Functions send with a role and need no statement here.
 */
export function openIntake(queue: Queue): void {
  for (const { sid, service, source } of senders) {
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid,
        principals: [new ServicePrincipal(service)],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          ArnLike: { 'aws:SourceArn': source },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
  }
}
