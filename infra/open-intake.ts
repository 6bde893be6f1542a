import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { SenderService, Senders } from '../shared/config/senders.ts';

/** A bucket's ARN names neither region nor account; `aws:SourceAccount` is what binds it. */
const services = {
  events: {
    sid: 'EventRulesOfThisAccount',
    service: 'events.amazonaws.com',
    source: `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/*`,
  },
  sns: {
    sid: 'TopicsOfThisAccount',
    service: 'sns.amazonaws.com',
    source: `arn:${Aws.PARTITION}:sns:*:${Aws.ACCOUNT_ID}:*`,
  },
  s3: {
    sid: 'BucketsOfThisAccount',
    service: 's3.amazonaws.com',
    source: `arn:${Aws.PARTITION}:s3:::*`,
  },
} as const satisfies Record<SenderService, object>;

/**
 * Lets the senders of the config put jobs on the intake queue: event rules, topics and buckets of this
 * account, and identities of named accounts.
 *
 * Refuses: those of any other account, whichever service acts for them (the confused deputy).
 * EventBridge Scheduler, Pipes and Step Functions send with a role and need no statement here.
 */
export function openIntake(queue: Queue, senders: Senders): void {
  for (const name of senders.services) {
    const { sid, service, source } = services[name];
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
  if (senders.accounts.length === 0) return;
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'NamedAccounts',
      principals: senders.accounts.map((id) => new AccountPrincipal(id)),
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
    }),
  );
}
