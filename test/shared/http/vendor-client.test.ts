import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type AnsweredResult,
  createVendorClient,
  type VendorRequest,
  type VendorResult,
} from '../../../shared/http/vendor-client.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createManualClock } from './manual-clock.ts';
import { type Answer, reply, sayAndClose, startWireServer } from './wire-server.ts';

const CANARY = 'canary-key-3141592653';

function createSubject() {
  const clock = createManualClock();
  const client = createVendorClient({ clock });
  onTestFinished(() => client.close());
  return { clock, client };
}

async function callOnce(answer: Answer, request: Partial<VendorRequest> = {}) {
  const server = await startWireServer(answer);
  const { client, clock } = createSubject();
  const result = await client.send({
    method: 'GET',
    url: new URL('/api/servers?o=1', server.origin),
    timeoutMs: 10_000,
    ...request,
  });
  return { result, server, client, clock };
}

function answered(result: VendorResult): AnsweredResult {
  if (result.kind !== 'answered') throw new Error(`expected an answer, got ${inspect(result)}`);
  return result;
}

const json = ['content-type: application/json'];

describe('the status of an answer', () => {
  const statuses = [200, 201, 299, 400, 401, 402, 403, 404, 407, 410, 418, 429, 451, 500, 503, 599];

  it.each([...statuses, 600, 777, 999])('is passed on when it is %i', async (status) => {
    const { result, server } = await callOnce(reply(`${status} Odd`, json, '{"errors":["x"]}'));
    expect(answered(result)).toMatchObject({
      status,
      body: { kind: 'json', value: { errors: ['x'] } },
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([204, 205, 304])('is passed on without a body when it is %i', async (status) => {
    const head = `HTTP/1.1 ${status} None\r\ncontent-encoding: gzip\r\ncontent-length: 0\r\n\r\n`;
    const { result } = await callOnce(sayAndClose(head));
    expect(answered(result)).toMatchObject({ status, body: { kind: 'empty' } });
  });

  it('is the final one when informational answers come first', async () => {
    const early = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';
    const final = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]';
    const { result } = await callOnce(sayAndClose(`${early}${final}`));
    expect(answered(result)).toMatchObject({ status: 200, body: { kind: 'json', value: [] } });
  });

  it('is malformed in its body when the vendor switches protocols unasked', async () => {
    const head = 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n';
    const { result } = await callOnce(sayAndClose(head));
    expect(answered(result)).toMatchObject({ status: 101, body: { kind: 'malformed' } });
  });
});

describe('S9 a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with status %i is answered, not followed', async (status) => {
    const elsewhere = await startWireServer(reply('200 OK', json, '{}'));
    const location = [`location: ${elsewhere.origin}/steal`];
    const { result, server } = await callOnce(reply(`${status} Moved`, location, ''), {
      headers: { authorization: new Secret(`Bearer ${CANARY}`) },
    });
    expect(answered(result).status).toBe(status);
    expect(server.requests).toHaveLength(1);
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('the request on the wire', () => {
  it('carries exact integers, its type and the revealed credential', async () => {
    const { server } = await callOnce(reply('200 OK', json, '{}'), {
      method: 'POST',
      headers: { Authorization: new Secret(`Bearer ${CANARY}`) },
      body: { json: { id: 9_007_199_254_740_993n } },
    });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatch(/^POST \/api\/servers\?o=1 HTTP\/1\.1\r\n/);
    expect(server.requests[0]).toContain(`authorization: Bearer ${CANARY}\r\n`);
    expect(server.requests[0]).toContain('content-type: application/json\r\n');
    expect(server.requests[0]).toMatch(/\r\n\r\n\{"id":9007199254740993\}$/);
  });

  it.each(['GET', 'DELETE'] as const)('carries the JSON body of a %s', async (method) => {
    const { result, server } = await callOnce(reply('200 OK', json, '{}'), {
      method,
      body: { json: { reason: 'because' } },
    });
    expect(answered(result).status).toBe(200);
    expect(server.requests[0]).toMatch(new RegExp(`^${method} /api/servers.o=1 HTTP`));
    expect(server.requests[0]).toMatch(/content-type: application\/json\r\n/);
    expect(server.requests[0]).toMatch(/\r\n\r\n\{"reason":"because"\}$/);
  });

  it('encodes a form', async () => {
    const { server } = await callOnce(reply('200 OK', json, '{}'), {
      method: 'POST',
      body: { form: { grant_type: 'client_credentials', client_secret: new Secret('a&b=c') } },
    });
    expect(server.requests[0]).toContain('content-type: application/x-www-form-urlencoded\r\n');
    expect(server.requests[0]).toMatch(/grant_type=client_credentials&client_secret=a%26b%3Dc$/);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'opens a connection of its own for each %s',
    async (method) => {
      const { server, client } = await callOnce(reply('200 OK', json, '{}'), { method });
      await client.send({ method, url: new URL(server.origin), timeoutMs: 10_000 });
      expect(server.requests).toHaveLength(2);
      expect(server.connections()).toBe(2);
    },
  );

  it('shares a connection between GETs', async () => {
    const { server, client } = await callOnce(reply('200 OK', json, '{}'));
    await client.send({ method: 'GET', url: new URL(server.origin), timeoutMs: 10_000 });
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });

  it('is refused without quoting a credential that no header can carry', async () => {
    const sending = callOnce(reply('200 OK', json, '{}'), {
      headers: { authorization: new Secret(`Bearer ${CANARY}\nx`) },
    });
    const error: unknown = await sending.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'account.secret-invalid' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });
});

describe('S21 the body of an answer', () => {
  const text = '[{"id":9007199254740993}]';

  it.each([
    ['plain', Buffer.from(text), []],
    ['gzip', gzipSync(text), ['content-encoding: gzip']],
    ['deflate', deflateSync(text), ['content-encoding: deflate']],
    ['br', brotliCompressSync(text), ['content-encoding: br']],
  ])('is decoded from %s with integers exact', async (_name, bytes, headers) => {
    const { result } = await callOnce(reply('200 OK', [...json, ...headers], bytes));
    expect(answered(result).body).toEqual({ kind: 'json', value: [{ id: 9007199254740993n }] });
  });

  const bomb = gzipSync('x'.repeat(100_000));
  const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
  const cut = gzipSync(text).subarray(0, 30);

  it.each<[string, Answer, string]>([
    ['too-large', reply('200 OK', json, 'x'.repeat(1_001)), 'plain over the cap'],
    ['too-large', reply('200 OK', ['content-encoding: gzip'], bomb), 'small, and large decoded'],
    ['half-body', sayAndClose('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n[1,'), 'short'],
    ['half-body', sayAndClose(`${chunked}4\r\n[1,2\r\n`), 'chunked without its last chunk'],
    ['undecodable', reply('200 OK', ['content-encoding: gzip'], cut), 'truncated gzip'],
    ['undecodable', reply('200 OK', ['content-encoding: gzip'], '[]'), 'not the gzip it claims'],
    ['undecodable', reply('200 OK', ['content-encoding: rot13'], '[]'), 'of unknown encoding'],
    ['not-json', reply('200 OK', json, '[1,'), 'half a document, whole on the wire'],
    ['not-json', reply('200 OK', json, '['.repeat(900)), 'unclosed'],
  ])('is malformed for reason %s, the status kept', async (reason, answer) => {
    const { result } = await callOnce(answer, { method: 'POST', bytesMax: 1_000 });
    expect(answered(result)).toMatchObject({
      status: 200,
      body: { kind: 'malformed', reason, error: { code: 'provider.malformed-answer' } },
    });
  });

  it('passes when it is exactly as large as the cap', async () => {
    const { result } = await callOnce(reply('200 OK', [], 'x'.repeat(1_000)), { bytesMax: 1_000 });
    expect(answered(result).body).toEqual({ kind: 'text', text: 'x'.repeat(1_000) });
  });

  it('is malformed when it is aborted after its status line', async () => {
    const controller = new AbortController();
    const manual = createManualClock();
    let readings = 0;
    const clock = {
      ...manual,
      nowMs: () => {
        readings += 1;
        // The first reading dates the sending, the second the status line.
        if (readings === 2) setImmediate(() => controller.abort());
        return manual.nowMs();
      },
    };
    const client = createVendorClient({ clock });
    const head = 'HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n[1';
    const server = await startWireServer((socket) => void socket.write(head));
    const result = await client.send({
      method: 'POST',
      url: new URL(server.origin),
      timeoutMs: 10_000,
      signal: controller.signal,
    });
    expect(answered(result)).toMatchObject({
      status: 201,
      body: { kind: 'malformed', reason: 'half-body' },
    });
  });
});

describe('the request id of an answer', () => {
  it.each([
    ['x-request-id: req-7', 'req-7'],
    ['X-Correlation-Id: c/1', 'c/1'],
    ['x-request-id: a b<script>', 'abscript'],
    ['x-other: 1', undefined],
  ])('of %s is %s', async (header, requestId) => {
    const { result } = await callOnce(reply('200 OK', [header], ''));
    expect(answered(result).requestId).toBe(requestId);
  });
});
