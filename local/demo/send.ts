/** Sends each planned job by its own way in, as a user would: real HTTP, real AWS SDK, real signature. */
import { createHmac } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { webhookSecretId } from '../../shared/config/sluice-config.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import type { LocalStack } from '../stack/local-stack.ts';
import { localClientConfig } from '../stack/provision.ts';
import type { PlannedJob, Way } from './plan.ts';

export type Sender = (planned: PlannedJob) => Promise<void>;

export function createSender(stack: LocalStack): Sender {
  const aws = localClientConfig(stack.awsUrl);
  const sqs = new SQSClient(aws);
  const events = new EventBridgeClient(aws);
  const secrets = new SecretsManagerClient(aws);
  const ways: Readonly<Record<Way, Sender>> = {
    http: ({ message }) => post(`${stack.url}/jobs`, JSON.stringify(message)),
    queue: async ({ message }) => {
      const MessageBody = JSON.stringify(message);
      await sqs.send(new SendMessageCommand({ QueueUrl: stack.intakeQueueUrl, MessageBody }));
    },
    event: async ({ message }) => {
      const entry = { EventBusName: 'sluice', Source: 'demo', DetailType: 'JobRequested' };
      const Entries = [{ ...entry, Detail: JSON.stringify(message) }];
      await events.send(new PutEventsCommand({ Entries }));
    },
    webhook: async ({ message }) => {
      const SecretId = webhookSecretId('tagging');
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      const { secret } = JSON.parse(SecretString) as { secret: string };
      const body = JSON.stringify(message);
      await post(`${stack.url}/webhooks/tagging`, body, signature(secret, body));
    },
    schedule: async () => undefined,
    reaction: async () => undefined,
  };
  return (planned) => ways[planned.way](planned);
}

/** Standard Webhooks 1.0.0. */
function signature(secret: string, body: string): Record<string, string> {
  const id = randomId('msg');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${digest}`,
  };
}

async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  if (!response.ok) throw new Error(`POST ${url}: ${response.status} ${await response.text()}`);
  await response.body?.cancel();
}
