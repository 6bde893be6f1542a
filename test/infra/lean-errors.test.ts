import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePlainErrors } from '../../infra/lean-errors.ts';

const source = `
  import { DynamoDBClient, GetItemCommand, PutItemCommand, ResourceNotFoundException } from
    '${resolve('node_modules/@aws-sdk/client-dynamodb')}';
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  export const fail = async (endpoint, command) => {
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const Command = command === 'get' ? GetItemCommand : PutItemCommand;
    return client.send(new Command({ TableName: 't', Key: {}, Item: {} })).then(() => 'fine', (error) => ({
      name: error.name, message: error.message, fault: error.$fault, item: error.Item,
      status: error.$metadata.httpStatusCode, known: error instanceof ResourceNotFoundException,
    }));
  };
`;

interface Failure {
  readonly name: string;
}

const failures = {
  GetItem: { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'no' },
  PutItem: {
    __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    message: 'no',
    Item: { id: { S: 'a' } },
  },
};

let folder: string;
let server: Server;
let fail: (endpoint: string, command: string) => Promise<Failure>;
const endpoint = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-errors-'));
  const outfile = join(folder, 'bundle.mjs');
  await writeFile(join(folder, 'source.mjs'), source);
  await build({
    entryPoints: [join(folder, 'source.mjs')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    minify: true,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [makePlainErrors],
  });
  ({ fail } = await import(pathToFileURL(outfile).href));
  server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target']).split('.')[1];
    const body = JSON.stringify(target === 'GetItem' ? failures.GetItem : failures.PutItem);
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('an error of the SDK in a bundle', () => {
  it('has its name, its message and its class', async () => {
    expect(await fail(endpoint(), 'get')).toEqual({
      name: 'ResourceNotFoundException',
      message: 'no',
      fault: 'client',
      item: undefined,
      status: 400,
      known: true,
    });
  });

  it('has the fields of its own', async () => {
    expect(await fail(endpoint(), 'put')).toMatchObject({
      name: 'ConditionalCheckFailedException',
      item: { id: { S: 'a' } },
      known: false,
    });
  });
});
