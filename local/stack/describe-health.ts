/** `GET /health` of the local stack: all that an SDK client needs to take part. */
import { accountSecretId } from '../../shared/config/account.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import type { QueueAddresses } from './find-queues.ts';
import { LOCAL_REGION } from './local-aws.ts';
import type { SimulatedVendors } from './simulated-vendors.ts';

export interface HealthFacts {
  readonly awsUrl: string;
  readonly queues: QueueAddresses;
  readonly vendors: SimulatedVendors;
}

const services = [
  'sqs',
  'dynamodb',
  's3',
  'secretsManager',
  'eventBridge',
  'scheduler',
  'stepFunctions',
] as const;

export const describeHealth = (
  { accounts, webhooks, prefix }: SluiceConfig,
  { awsUrl, queues, vendors }: HealthFacts,
) => ({
  status: 'ok',
  aws: Object.fromEntries(services.map((service) => [service, awsUrl])),
  region: LOCAL_REGION,
  intakeQueueUrl: queues.intakeQueueUrl,
  intakeDeadLetterUrl: queues.intakeDeadLetterUrl,
  queueUrls: queues.queueUrls,
  accounts: Object.fromEntries(
    Object.entries(accounts).map(([name, { provider }]) => [
      name,
      { provider, secretId: accountSecretId(name, prefix) },
    ]),
  ),
  webhooks: Object.keys(webhooks),
  simulators: vendors.urls,
});
