/**
 * What a function may do, in statements narrow enough to read aloud. Every action names its
 * resource; the few that have none are in `withoutResource`.
 */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateTable } from './state-table.ts';

/** Job rows, one at a time: create, read, replace as a whole. */
export const jobRows = ({ table }: StateTable): PolicyStatement =>
  allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]);

/** Lists of jobs, through the indexes alone: nobody scans. */
export const jobLists = (jobs: StateTable): PolicyStatement =>
  allow(['dynamodb:Query'], [jobs.indexArn('by-account'), jobs.indexArn('by-status')]);

/** Jobs that time has overtaken. */
export const dueJobs = (jobs: StateTable): PolicyStatement =>
  allow(['dynamodb:Query'], [jobs.indexArn('by-attention')]);

/** The state of budgets, changed in place: phases of one grid are taken side by side. */
export const budgetRows = ({ table }: StateTable): PolicyStatement =>
  allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], [table.tableArn]);

export const sendTo = (queues: readonly IQueue[]): PolicyStatement =>
  allow(
    ['sqs:SendMessage'],
    queues.map(({ queueArn }) => queueArn),
  );

export const countIn = (queues: readonly IQueue[]): PolicyStatement =>
  allow(
    ['sqs:GetQueueAttributes'],
    queues.map(({ queueArn }) => queueArn),
  );

export const publishTo = (busArn: string): PolicyStatement => allow(['events:PutEvents'], [busArn]);

export const readObjects = (bucket: Bucket): PolicyStatement =>
  allow(['s3:GetObject'], [bucket.arnForObjects('*')]);

export const writeObjects = (bucket: Bucket): PolicyStatement =>
  allow(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('*')]);

/** Without it S3 answers 403 for an object that is not there, and absence could not be told. */
export const tellAbsence = (bucket: Bucket): PolicyStatement =>
  allow(['s3:ListBucket'], [bucket.bucketArn]);

export const readSecrets = (arns: readonly string[]): readonly PolicyStatement[] =>
  arns.length === 0 ? [] : [allow(['secretsmanager:GetSecretValue'], arns)];

/** A value of a secret that is there; none can be created, and none deleted. */
export const writeSecrets = (arns: readonly string[]): readonly PolicyStatement[] =>
  arns.length === 0 ? [] : [allow(['secretsmanager:PutSecretValue'], arns)];

/** When a value was put, never the value. */
export const tellVersions = (arns: readonly string[]): PolicyStatement =>
  allow(['secretsmanager:ListSecretVersionIds'], arns);

/** Actions for which IAM knows no resource (service authorization reference), each with a reason. */
export const withoutResource = {
  tracing: {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    reason: 'X-Ray has no resource to name: segments go to the account.',
  },
  taskAnswers: {
    actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
    reason: 'A task token names the task; which state machine waits is the caller’s affair.',
  },
} as const;

export const traceCalls = (): PolicyStatement => allow(withoutResource.tracing.actions, ['*']);

export const answerTasks = (): PolicyStatement => allow(withoutResource.taskAnswers.actions, ['*']);

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}
