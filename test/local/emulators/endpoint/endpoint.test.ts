import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { DynamoDBClient, ListBackupsCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AwsCall, AwsService } from '../../../../local/emulators/endpoint/aws-service.ts';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import { createFaultInjector } from '../../../../local/emulators/endpoint/fault-injector.ts';
import { createJsonService } from '../../../../local/emulators/endpoint/json-service.ts';
import { clientOptions } from './client-options.ts';

const open: Endpoint[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((endpoint) => endpoint.close()));
});

async function start(...options: Parameters<typeof startEndpoint>): Promise<Endpoint> {
  const endpoint = await startEndpoint(...options);
  open.push(endpoint);
  return endpoint;
}

const echo = (name: string): AwsService => ({
  name,
  handle: async () => ({ status: 200, headers: {}, body: name }),
});

const signedFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, Signature=0`;

describe('endpoint', () => {
  it('serves several SDK clients that know nothing but AWS_ENDPOINT_URL', async () => {
    const { url } = await start({
      services: [
        createJsonService({
          name: 'dynamodb',
          version: '1.0',
          operations: { ListTables: () => ({ TableNames: ['one'] }) },
        }),
        createJsonService({
          name: 'secretsmanager',
          version: '1.1',
          operations: { ListSecrets: () => ({ SecretList: [{ Name: 'two' }] }) },
        }),
      ],
    });
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');

    const tables = await new DynamoDBClient().send(new ListTablesCommand());
    const secrets = await new SecretsManagerClient().send(new ListSecretsCommand());

    expect(tables.TableNames).toEqual(['one']);
    expect(secrets.SecretList).toEqual([{ Name: 'two' }]);
  });

  it.each([
    ['the signature header', '/', { authorization: signedFor('s3') }, 's3'],
    ['a presigned query', '/?X-Amz-Credential=k%2F20260101%2Fr%2Fs3%2Faws4_request', {}, 's3'],
    ['x-amz-target', '/', { 'x-amz-target': 'AmazonSQS.SendMessage' }, 'sqs'],
  ])('finds the service by %s', async (_by, path, headers, expected) => {
    const { url } = await start({ services: [echo('s3'), echo('sqs')] });

    const response = await fetch(url + path, { headers });

    expect(await response.text()).toBe(expected);
  });

  it('refuses what is not signed and what it does not emulate', async () => {
    const { url } = await start({ services: [echo('s3')] });

    const unsigned = await fetch(url);
    const unknown = await fetch(url, { headers: { authorization: signedFor('ec2') } });

    expect([unsigned.status, unknown.status]).toEqual([403, 404]);
  });

  it('names the operation that a service does not emulate', async () => {
    const { url } = await start({ services: [listTables()] });

    const call = new DynamoDBClient(clientOptions(url)).send(new ListBackupsCommand());

    await expect(call).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'not emulated here: ListBackups',
    });
  });

  it('listens on 127.0.0.1 alone', async () => {
    const { url, port } = await start({ services: [] });

    expect(url).toBe(`http://127.0.0.1:${port}`);
    await expect(fetch(`http://127.0.0.2:${port}`)).rejects.toThrow();
    await expect(fetch(`http://[::1]:${port}`)).rejects.toThrow();
  });

  it('tells its listener of each call by service and operation', async () => {
    const calls: AwsCall[] = [];
    const { url } = await start({ services: [echo('sqs')], onCall: (call) => calls.push(call) });

    await fetch(url, { headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } });

    expect(calls).toEqual([{ service: 'sqs', operation: 'SendMessage', status: 200 }]);
  });

  it('answers 500 without the text of a defect', async () => {
    const defects: unknown[] = [];
    const service = createJsonService({
      name: 'sqs',
      version: '1.0',
      operations: {
        SendMessage: () => {
          throw new Error('private');
        },
      },
      onDefect: (error) => defects.push(error),
    });
    const { url } = await start({ services: [service] });

    const response = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
    });

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('private');
    expect(defects).toHaveLength(1);
  });

  it('ends long polls and keep-alive sockets when it closes', async () => {
    const polled = Promise.withResolvers<void>();
    const longPoll: AwsService = {
      name: 'sqs',
      handle: async ({ signal }) => {
        polled.resolve();
        await once(signal, 'abort');
        return { status: 200, headers: {}, body: 'nothing came' };
      },
    };
    const endpoint = await startEndpoint({ services: [longPoll, echo('s3')] });
    const agent = new Agent({ keepAlive: true });
    const idle = get(endpoint.url, { agent, headers: { authorization: signedFor('s3') } });
    const [response] = await once(idle, 'response');
    await once(response.resume(), 'end');
    const waiting = fetch(endpoint.url, { headers: { authorization: signedFor('sqs') } });
    await polled.promise;

    await endpoint.close();

    expect(await (await waiting).text()).toBe('nothing came');
    await expect(fetch(endpoint.url)).rejects.toThrow();
    agent.destroy();
  });
});

describe('fault injection', () => {
  it('fails the next calls of one operation, then lets them through', async () => {
    const faults = createFaultInjector();
    const { url } = await start({ faults, services: [listTables()] });
    const client = new DynamoDBClient(clientOptions(url));
    const call = () => client.send(new ListTablesCommand());
    faults.inject({ service: 'dynamodb', operation: 'PutItem', fault: { kind: 'throttle' } });
    faults.inject({
      service: 'dynamodb',
      operation: 'ListTables',
      fault: { kind: 'throttle' },
      times: 2,
    });

    await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(call()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(call()).resolves.toMatchObject({ TableNames: [] });
    expect(faults.pending()).toBe(1);
  });

  it('answers the status asked for', async () => {
    const faults = createFaultInjector();
    const { url } = await start({ faults, services: [listTables()] });
    faults.inject({ service: 'dynamodb', fault: { kind: 'server-error', status: 503 } });

    const call = new DynamoDBClient(clientOptions(url)).send(new ListTablesCommand());

    await expect(call).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  it('applies a call whose answer it loses', async () => {
    const faults = createFaultInjector();
    const calls: AwsCall[] = [];
    let applied = 0;
    const service = listTables(() => {
      applied += 1;
    });
    const onCall = (call: AwsCall) => calls.push(call);
    const { url } = await start({ faults, services: [service], onCall });
    faults.inject({ service: 'dynamodb', fault: { kind: 'answer-lost' } });

    const call = new DynamoDBClient(clientOptions(url)).send(new ListTablesCommand());

    await expect(call).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(applied).toBe(1);
    expect(calls).toEqual([{ service: 'dynamodb', operation: 'ListTables', status: 0 }]);
  });
});

const listTables = (onCall?: () => void): AwsService =>
  createJsonService({
    name: 'dynamodb',
    version: '1.0',
    operations: {
      ListTables: () => {
        onCall?.();
        return { TableNames: [] };
      },
    },
  });
