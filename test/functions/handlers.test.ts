import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secretAgesEvent } from '../../functions/reconcile/contract.ts';
import { createDynamoDbClient } from '../../shared/aws/clients.ts';
import { environmentNames } from '../../shared/config/environment.ts';
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { sampleConfig } from '../shared/config/sample-config.ts';
import { httpEvent, lambdaContext } from '../shared/lambda/http-events.ts';
import { captureLogLines } from '../shared/lambda/log-lines.ts';
import { createTable } from '../support/create-table.ts';
import { type EmulatedAws, startEmulatedAws } from '../support/emulated-aws.ts';
import { sqsEvent } from './intake/sqs-records.ts';

const config = parseConfig(sampleConfig());
const { tables } = describeTopology(config);

const functions = {
  api: () => import('../../functions/api/handler.ts'),
  webhook: () => import('../../functions/webhook/handler.ts'),
  intake: () => import('../../functions/intake/handler.ts'),
  worker: () => import('../../functions/worker/handler-automox.ts'),
  reconcile: () => import('../../functions/reconcile/handler.ts'),
};

let aws: EmulatedAws;
let folder = '';
const environment: Record<string, string> = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  [environmentNames.jobsTable]: 'jobs',
  [environmentNames.budgetsTable]: 'budgets',
  [environmentNames.resultsBucket]: 'results',
  [environmentNames.busName]: 'bus',
  [environmentNames.intakeQueueUrl]: 'http://127.0.0.1/intake',
  [environmentNames.intakeDeadLetterUrl]: 'http://127.0.0.1/dead',
  [environmentNames.queueUrls]: '{"automox":"http://127.0.0.1/lane.fifo"}',
};

beforeAll(async () => {
  aws = await startEmulatedAws();
  const client = createDynamoDbClient(aws.clientOptions);
  await createTable(client, tables.jobs, 'jobs');
  await createTable(client, tables.budgets, 'budgets');
  folder = await mkdtemp(join(tmpdir(), 'sluice-handlers-'));
  const configFile = join(folder, 'config.json');
  await writeFile(configFile, JSON.stringify(config));
  environment[environmentNames.configFile] = configFile;
  environment['AWS_ENDPOINT_URL'] = aws.clientOptions.endpointUrl ?? '';
});
afterAll(async () => {
  await aws.close();
  await rm(folder, { recursive: true });
});

/** Loads the exported handler as Lambda does, and invokes it once. */
async function invoke(name: keyof typeof functions, event: unknown): Promise<unknown> {
  for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
  const output = captureLogLines();
  const { handler } = (await functions[name]()) as { handler: (...given: unknown[]) => unknown };
  const answer = await handler(event, lambdaContext());
  expect(output.lines().filter(({ level }) => level === 'ERROR')).toEqual([]);
  return answer;
}

describe('the exported handlers', () => {
  it('answer on the routes of the API', async () => {
    expect(await invoke('api', httpEvent('GET /health'))).toMatchObject({ statusCode: 200 });
    expect(await invoke('api', httpEvent('GET /jobs'))).toMatchObject({
      statusCode: 200,
      body: '{"jobs":[]}',
    });
    expect(await invoke('api', httpEvent('PUT /jobs'))).toMatchObject({ statusCode: 404 });
  });

  it.each([
    [{ account: '' }, 'account'],
    [{ type: '' }, 'type'],
    [{ cursor: `${'1'.repeat(15)}#${'a'.repeat(1_100)}` }, 'cursor'],
  ])('refuse the query %o, which no index can be asked for', async (query, field) => {
    const answer = (await invoke('api', httpEvent('GET /jobs', { query }))) as { body: string };
    expect(answer).toMatchObject({ statusCode: 400 });
    expect(JSON.parse(answer.body)).toMatchObject({ fields: [{ field }] });
  });

  it('find no job of an id longer than a table’s key', async () => {
    const path = { id: `job_${'a'.repeat(2_048)}` };
    for (const route of ['GET /jobs/{id}', 'POST /jobs/{id}/cancel']) {
      expect(await invoke('api', httpEvent(route, { path }))).toMatchObject({ statusCode: 404 });
    }
  });

  it('have every budget of the config, with its override', async () => {
    const answer = await invoke('api', httpEvent('GET /budgets'));
    expect(JSON.parse((answer as { body: string }).body)['budgets']).toContainEqual(
      expect.objectContaining({ id: 'automox/acme/servers.batch', requests: 4 }),
    );
  });

  it('know the webhook sources of the config', async () => {
    const route = 'POST /webhooks/{source}';
    const unknown = httpEvent(route, { path: { source: 'nobody' }, body: '{}' });
    expect(await invoke('webhook', unknown)).toMatchObject({ statusCode: 404 });
  });

  it.each(['intake', 'worker'] as const)('take a batch: %s', async (name) => {
    expect(await invoke(name, sqsEvent())).toEqual({ batchItemFailures: [] });
  });

  it('tell the ages of the secrets instead where they are asked to', async () => {
    expect(await invoke('reconcile', secretAgesEvent)).toEqual({ secrets: 0 });
  });

  it('reconcile an empty table', async () => {
    expect(await invoke('reconcile', {})).toEqual({ sent: 0, expired: 0, announced: 0, failed: 0 });
  });
});
