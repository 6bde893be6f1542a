/** A stack on free ports for one test file, and a client of it as its users have: HTTP and the SDK. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type LocalStackOptions, startLocalStack } from '../../../local/stack/local-stack.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';
import {
  parseConfig,
  type SluiceConfig,
  type SluiceConfigInput,
} from '../../../shared/config/sluice-config.ts';
import type { JobView } from '../../../shared/jobs/describe-job.ts';

export const ORGANIZATION_ID = 9237;

/** One account on the stack's own simulator, with windows of a second where the vendor has minutes. */
export function quickConfig(more: Partial<SluiceConfigInput> = {}): SluiceConfig {
  const budget = { windowSeconds: 1 };
  return parseConfig({
    accounts: { acme: { provider: 'automox', organizationId: ORGANIZATION_ID } },
    budgets: { 'automox/acme/servers.batch': budget, 'automox/acme/servers.list': budget },
    ...more,
  });
}

export interface RunningStack extends Awaited<ReturnType<typeof startRunningStack>> {}

export async function startRunningStack(options: Partial<LocalStackOptions> = {}) {
  const stack = await startLocalStack({
    config: quickConfig(),
    port: 0,
    devices: 12,
    windowScale: 1 / 60,
    ...options,
  });
  const config = localClientConfig(stack.awsUrl);
  const secrets = new SecretsManagerClient(config);
  return {
    stack,
    sqs: new SQSClient(config),
    events: new EventBridgeClient(config),
    scheduler: new SchedulerClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    secrets,
    devices: [...stack.vendors.simulatorOf('automox').org(ORGANIZATION_ID).devices.keys()],
    async readSecret(SecretId: string): Promise<Readonly<Record<string, unknown>>> {
      const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
      return JSON.parse(SecretString);
    },
    putSecret: (SecretId: string, value: unknown) =>
      secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) })),
    ...apiOf(stack.url),
  };
}

const apiOf = (url: string) => ({
  post: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  get: (path: string) => fetch(`${url}${path}`),
  async submit(message: unknown): Promise<string> {
    const response = await fetch(`${url}/jobs`, { method: 'POST', body: JSON.stringify(message) });
    const { id } = (await response.json()) as { id: string };
    return id;
  },
  job: async (id: string): Promise<JobView> =>
    (await (await fetch(`${url}/jobs/${id}`)).json()) as JobView,
});
