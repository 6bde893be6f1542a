/** A deployment as its users reach it, on AWS or emulated. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { webhookSecretId } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { WEBHOOK } from './run-config.ts';

/** What the simulator's audit says of each of its limits. */
export interface LimitCount {
  readonly limit: number;
  readonly fullest: number;
  readonly refused: number;
}

export interface Target {
  readonly config: SluiceConfig;
  readonly apiUrl: string;
  readonly region: string;
  /** For any client of the SDK. */
  readonly client: {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Signs, where the API wants that. */
  readonly fetch: (request: Request) => Promise<Response>;
  audit(): Promise<Readonly<Record<string, LimitCount>>>;
  /** Takes the deployment down, and whatever a stack leaves behind. */
  close(): Promise<void>;
}

export type Access = Awaited<ReturnType<typeof openAccess>>;

/** `secret`, of the webhook source, is put first. */
export async function openAccess(target: Target, secret: string) {
  const { config, client, apiUrl } = target;
  const topology = describeTopology(config);
  const sqs = new SQSClient(client);
  const urlOf = async (QueueName: string): Promise<string> =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  await putSecret(target, webhookSecretId(WEBHOOK, topology.prefix), { secret });
  const request = async (path: string, init?: RequestInit): Promise<Response> =>
    target.fetch(new Request(`${apiUrl.replace(/\/$/, '')}${path}`, init));
  const readJson = async <T>(path: string): Promise<T> => {
    const response = await request(path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    sqs,
    events: new EventBridgeClient(client),
    busName: topology.bus.name,
    detailType: topology.bus.detailType,
    intakeUrl: await urlOf(topology.intake.name),
    deadLetterUrl: await urlOf(topology.intake.deadLetter.name),
    request,
    readJson,
    job: (id: string) => readJson<JobView>(`/jobs/${id}`),
  };
}

export const putSecret = (target: Target, SecretId: string, value: unknown) =>
  new SecretsManagerClient(target.client).send(
    new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }),
  );
