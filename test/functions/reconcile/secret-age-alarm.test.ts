import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/emulators/endpoint/endpoint.ts';
import { createSecretsManager } from '../../../local/emulators/secrets-manager/secrets-manager.ts';
import { createSecretsManagerClient } from '../../../shared/aws/clients.ts';
import { environmentNames } from '../../../shared/config/environment.ts';
import { describeTopology } from '../../../shared/config/topology.ts';
import { days, hours } from '../../../shared/kernel/duration.ts';
import { getPage } from '../../docs/pages.ts';
import { exampleConfig, render } from '../../infra/rendered.ts';
import { lambdaContext } from '../../shared/lambda/http-events.ts';
import { captureLogLines } from '../../shared/lambda/log-lines.ts';
import { type Measured, readMetrics } from '../metric-lines.ts';

/** Not the usual one: what is measured and what is watched must be the same deployment’s. */
const config = { ...exampleConfig, prefix: 'sluice-eu' };
const rendered = render(config);
const { Properties: schedule } = rendered.one(
  'AWS::Scheduler::Schedule',
  'Name',
  'sluice-eu.secret-ages',
);
const { Properties: alarm } = rendered.one(
  'AWS::CloudWatch::Alarm',
  'AlarmName',
  'sluice-eu-secret-age-oldest',
);
/** As the schedule of the template sends it. */
const tick: unknown = JSON.parse((schedule['Target'] as { readonly Input: string }).Input);
const secretIds = describeTopology(config).secrets.map(({ id }) => id);
const [first = '', ...others] = secretIds;

let endpoint: Endpoint;
let folder = '';
let client: SecretsManagerClient;
const environment: Record<string, string> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  [environmentNames.jobsTable]: 'jobs',
  [environmentNames.busName]: 'bus',
  [environmentNames.queueUrls]: '{"automox":"http://127.0.0.1/lane.fifo"}',
};
/** When the emulator believes a value to be put. */
let putAtMs = 0;

beforeAll(async () => {
  const secretsManager = createSecretsManager({ clock: { nowMs: () => putAtMs } });
  endpoint = await startEndpoint({ services: [secretsManager] });
  folder = await mkdtemp(join(tmpdir(), 'sluice-secret-age-'));
  const configFile = join(folder, 'config.json');
  await writeFile(configFile, JSON.stringify(config));
  Object.assign(environment, {
    AWS_ENDPOINT_URL: endpoint.url,
    [environmentNames.configFile]: configFile,
  });
  client = createSecretsManagerClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpointUrl: endpoint.url,
  });
  for (const Name of secretIds) await client.send(new CreateSecretCommand({ Name }));
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

async function putValue(SecretId: string, agoMs: number): Promise<void> {
  putAtMs = Date.now() - agoMs;
  const SecretString = '{"apiKey":"of no matter"}';
  await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
}

/** The day's look: what it logs, and whether the alarm rings at what CloudWatch reads of it. */
async function look() {
  for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  const output = captureLogLines();
  const { handler } = await import('../../../functions/reconcile/handler.ts');
  await (handler as (...given: unknown[]) => Promise<unknown>)(tick, lambdaContext());
  const lines = output.lines();
  vi.restoreAllMocks();
  const measured = lines
    .filter((line) => '_aws' in line)
    .flatMap((line) => readMetrics(JSON.stringify(line)));
  return {
    rings: measured.filter(isOfAlarm).flatMap(valuesOf).some(exceeds),
    logged: lines.filter(({ message }) => message === 'age of a secret'),
  };
}

const isOfAlarm = ({ namespace, name, dimensions }: Measured): boolean =>
  alarm['Namespace'] === namespace &&
  alarm['MetricName'] === name &&
  alarm['Dimensions'] === undefined &&
  Object.keys(dimensions).length === 0;
const valuesOf = ({ values }: Measured): readonly number[] => [values].flat().map(Number);
const exceeds = (value: number): boolean => value > Number(alarm['Threshold']);

describe('S25 the alarm on the age of secrets', () => {
  it('rings on the day on which one is 91 days old, among others that are new', async () => {
    for (const id of others) await putValue(id, 0);
    await putValue(first, days(91) - hours(1));
    expect(await look()).toMatchObject({ rings: false });
    await putValue(first, days(91));
    const { rings, logged } = await look();
    expect(rings).toBe(true);
    expect(logged).toContainEqual(expect.objectContaining({ secretId: first, ageDays: 91 }));
  });

  it('is quiet at the look after a new value was put', async () => {
    await putValue(first, days(91));
    expect(await look()).toMatchObject({ rings: true });
    await putValue(first, 0);
    expect(await look()).toMatchObject({ rings: false });
  });

  it('looks once a day, at the highest of a day', () => {
    expect(schedule).toMatchObject({ ScheduleExpression: 'rate(1 day)', State: 'ENABLED' });
    expect(alarm).toMatchObject({
      Period: days(1) / 1_000,
      Statistic: 'Maximum',
      EvaluationPeriods: 1,
    });
  });

  it('leads to an article that says how the key is rotated', () => {
    const [, path = '', article = ''] =
      /See (\S+\.md)#(\S+)$/.exec(String(alarm['AlarmDescription'])) ?? [];
    const page = getPage(path);
    const section = page.text.split(/^## /m).find((text) => text.startsWith(`${article}\n`));
    expect(section).toContain('(#rotating-keys)');
    expect(page.anchors).toContain('rotating-keys');
    expect(section).toContain('`age of a secret`');
  });
});
