import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Topology } from '../shared/config/topology.ts';
import type { Stage } from './stages.ts';

/**
 * Results of jobs, and who read them. Bucket names are global to all of AWS, hence the account and
 * the region in them.
 */
export class ResultsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, shape: Topology['bucket'], stage: Stage) {
    super(scope, id);
    const kept = {
      ...closed,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    };
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...kept,
      bucketName: globalName(`${shape.name}-access`),
      lifecycleRules: [expireAfter(shape.resultRetentionMs)],
    });
    this.bucket = new Bucket(this, 'Bucket', {
      ...kept,
      bucketName: globalName(shape.name),
      lifecycleRules: [expireAfter(shape.resultRetentionMs)],
      // CDK types the class and its interface apart under exactOptionalPropertyTypes.
      serverAccessLogsBucket: accessLogs as IBucket,
      serverAccessLogsPrefix: 'results/',
    });
    this.#acknowledgeObjects();
  }

  #acknowledgeObjects(): void {
    const stack = Stack.of(this);
    const bucketId = stack.getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    Validations.of(stack).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/*]`,
      reason:
        'Keys begin with a job id that nobody knows beforehand; the bucket holds nothing else.',
    });
  }
}

const closed: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
};

const globalName = (name: string): string => `${name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

const expireAfter = (retentionMs: number) => ({
  expiration: Duration.millis(retentionMs),
  abortIncompleteMultipartUploadAfter: Duration.days(1),
});
