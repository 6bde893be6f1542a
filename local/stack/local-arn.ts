import { LOCAL_ACCOUNT, LOCAL_REGION } from './local-aws.ts';

export const localArn = (service: 'sqs' | 'lambda' | 'dynamodb', resource: string): string =>
  `arn:aws:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${resource}`;

export const localRoleArn = (name: string): string => `arn:aws:iam::${LOCAL_ACCOUNT}:role/${name}`;
