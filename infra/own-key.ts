/**
 * A key of your own in place of AWS's: one for queues, tables, results, logs and secrets.
 *
 * Guarantees: whatever of these kinds is in the stack is encrypted with it, so that nothing added later
 * can be forgotten; each role may use it through the services that hold the data, and through no other.
 */
import { Aws, type IAspect, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { Senders } from '../shared/config/senders.ts';
import type { Stage } from './stages.ts';

const USE = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Services through which a role may use the key: those that hold the data. */
const HOLDERS = ['sqs', 'dynamodb', 's3', 'secretsmanager'];

export interface OwnKeyProps {
  readonly prefix: string;
  readonly stage: Stage;
  readonly senders: Senders;
}

export class OwnKey extends Construct implements IAspect {
  readonly #key: Key;

  constructor(scope: Construct, id: string, { prefix, stage, senders }: OwnKeyProps) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      alias: prefix,
      description: 'Encrypts the queues, tables, results, logs and secrets of Sluice',
      enableKeyRotation: true,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.#letLogs();
    this.#letSenders(senders);
  }

  visit(node: IConstruct): void {
    const key = this.#key.keyArn;
    if (node instanceof CfnQueue) {
      node.sqsManagedSseEnabled = false;
      node.kmsMasterKeyId = key;
    } else if (node instanceof CfnTable) {
      node.sseSpecification = { sseEnabled: true, sseType: 'KMS', kmsMasterKeyId: key };
    } else if (node instanceof CfnBucket) {
      if (holdsResults(node)) node.bucketEncryption = encryptionWith(key);
    } else if (node instanceof CfnLogGroup) {
      node.kmsKeyId = key;
    } else if (node instanceof CfnSecret) {
      node.kmsKeyId = key;
    } else if (node instanceof Role) {
      node.addToPolicy(this.#useThroughHolders());
    }
  }

  #useThroughHolders(): PolicyStatement {
    const services = HOLDERS.map((name) => `${name}.${Aws.REGION}.${Aws.URL_SUFFIX}`);
    return new PolicyStatement({
      actions: USE,
      resources: [this.#key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': services } },
    });
  }

  /** CloudWatch Logs developer guide: Encrypt log data using AWS KMS. */
  #letLogs(): void {
    const { partition, region, account } = Stack.of(this);
    const groups = `arn:${partition}:logs:${region}:${account}:log-group:*`;
    this.#key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LogGroupsOfThisAccount',
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:Describe*',
        ],
        resources: ['*'],
        conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
      }),
    );
  }

  /** SQS developer guide: KMS permissions for AWS services that send to an encrypted queue. */
  #letSenders({ services, accounts }: Senders): void {
    // The rule of the bus and the letters of schedules send in any case.
    for (const name of new Set(['events', ...services])) {
      this.#key.addToResourcePolicy(
        new PolicyStatement({
          sid: `SendersBy${name}`,
          principals: [new ServicePrincipal(`${name}.amazonaws.com`)],
          actions: USE,
          resources: ['*'],
          conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        }),
      );
    }
    if (accounts.length === 0) return;
    this.#key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NamedAccounts',
        principals: accounts.map((account) => new AccountPrincipal(account)),
        actions: USE,
        resources: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': `sqs.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
      }),
    );
  }
}

/** S3 writes access logs only to buckets of its own encryption (S3 user guide: server access logging). */
const holdsResults = (bucket: CfnBucket): boolean => bucket.loggingConfiguration !== undefined;

const encryptionWith = (kmsMasterKeyId: string) => ({
  serverSideEncryptionConfiguration: [
    {
      bucketKeyEnabled: true,
      serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId },
    },
  ],
});
