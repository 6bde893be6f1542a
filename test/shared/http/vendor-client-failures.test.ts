import { createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { createVendorClient, type VendorRequest } from '../../../shared/http/vendor-client.ts';
import { Secret } from '../../../shared/kernel/secret.ts';
import { createManualClock } from './manual-clock.ts';
import { type Answer, reply, sayAndClose, startWireServer } from './wire-server.ts';

/** The discard port: privileged, so that no other program's test can be listening. */
const NOBODY = 'http://127.0.0.1:9';

const CANARY = 'canary-key-2718281828';

function createSubject() {
  const clock = createManualClock();
  const client = createVendorClient({ clock });
  onTestFinished(() => client.close());
  return { clock, client };
}

const post = (origin: string, more: Partial<VendorRequest> = {}): VendorRequest => ({
  method: 'POST',
  url: new URL('/api/servers/batch?secret=query', origin),
  headers: { authorization: new Secret(`Bearer ${CANARY}`) },
  body: { json: { value: CANARY } },
  timeoutMs: 10_000,
  ...more,
});

/** A port that hands its connections to `accept`, and closes with the test. */
async function listen(accept: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    accept(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a request that never reached the vendor', () => {
  it('is unsent when the connection is refused', async () => {
    const { client } = createSubject();
    const result = await client.send(post(NOBODY));
    expect(result).toMatchObject({ kind: 'unsent', error: { code: 'provider.unreachable' } });
  });

  it.each<[string, number, Answer]>([
    ['the other side does not speak it', 10_000, sayAndClose('HTTP/1.1 400 Bad\r\n\r\n')],
    ['the other side stays silent until the time limit', 50, () => {}],
  ])('is unsent when TLS fails because %s', async (_name, timeoutMs, answer) => {
    const port = await listen((socket) => {
      socket.once('error', () => {}).once('data', () => answer(socket, ''));
    });
    const { client } = createSubject();
    const result = await client.send(post(`https://127.0.0.1:${port}`, { timeoutMs }));
    expect(result).toMatchObject({ kind: 'unsent', error: { code: 'provider.unreachable' } });
  });

  it('is unsent when it is aborted before it starts', async () => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const { client } = createSubject();
    const result = await client.send(post(server.origin, { signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ kind: 'unsent' });
    expect(server.connections()).toBe(0);
  });
});

describe('S21 a request without an answer', () => {
  it.each<[string, Answer]>([
    ['the vendor closes without a word', (socket) => socket.end()],
    ['the vendor resets the connection', (socket) => socket.resetAndDestroy()],
    ['the status line is cut', sayAndClose('HTTP/1.1 20')],
    ['the headers are cut', sayAndClose('HTTP/1.1 201 Created\r\nx-request-id: 1')],
    ['the answer is no HTTP', sayAndClose('no such thing\r\n\r\n')],
  ])('may have acted when %s, and is sent once', async (_name, answer) => {
    const server = await startWireServer(answer);
    const { client, clock } = createSubject();
    const result = await client.send(post(server.origin));
    expect(result).toMatchObject({
      kind: 'unanswered',
      error: { code: 'provider.no-answer' },
      sentAtMs: clock.nowMs(),
      boundAtMs: clock.nowMs(),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('may have acted when the time limit passes', async () => {
    const server = await startWireServer(() => {});
    const { client } = createSubject();
    const result = await client.send(post(server.origin, { timeoutMs: 50 }));
    expect(result).toMatchObject({ kind: 'unanswered', error: { code: 'provider.no-answer' } });
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  it('is bounded by the instant at which an abort destroyed the socket', async () => {
    const controller = new AbortController();
    const { client, clock } = createSubject();
    const sentAtMs = clock.nowMs();
    const server = await startWireServer((socket) => {
      clock.advance(7_000);
      socket.on('close', () => clock.advance(60_000));
      controller.abort();
    });
    const result = await client.send(post(server.origin, { signal: controller.signal }));
    expect(result).toMatchObject({
      kind: 'unanswered',
      sentAtMs,
      boundAtMs: sentAtMs + 7_000,
    });
  });

  it('S10 leaks neither credential nor body nor query through its error', async () => {
    const server = await startWireServer((socket) => socket.destroy());
    const { client } = createSubject();
    const results = [
      await client.send(post(server.origin)),
      await client.send(post(server.origin, { timeoutMs: 1, signal: AbortSignal.abort() })),
      await client.send(post(NOBODY)),
    ];
    const printed = inspect(results, { depth: 12, showHidden: true });
    expect(printed).toContain('provider.no-answer');
    expect(printed).not.toContain(CANARY);
    expect(printed).not.toContain('secret=query');
  });
});

describe('the hook before sending', () => {
  it('runs once connected, with nothing written yet', async () => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const { client } = createSubject();
    const seen: number[] = [];
    await client.send(
      post(server.origin, { beforeSend: () => void seen.push(server.requests.length) }),
    );
    expect(seen).toEqual([0]);
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['an error of ours', new SluiceError('provider.throttled', 'the permit ran out')],
    ['any error', new TypeError('fetch failed')],
    ['something that is no error', 'late'],
  ])('stops the request and passes on %s', async (_name, thrown) => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const { client } = createSubject();
    const beforeSend = (): void => {
      throw thrown;
    };
    await expect(client.send(post(server.origin, { beforeSend }))).rejects.toBe(thrown);
    await client.send(post(server.origin));
    expect(server.requests).toHaveLength(1);
  });

  it('waits for what is to happen once connected, and only then looks again', async () => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const { client } = createSubject();
    const steps: string[] = [];
    await client.send(
      post(server.origin, {
        async whenConnected() {
          await setImmediate();
          steps.push(`connected, ${server.requests.length} written`);
        },
        beforeSend: () => void steps.push('before'),
      }),
    );
    expect(steps).toEqual(['connected, 0 written', 'before']);
    expect(server.requests).toHaveLength(1);
  });

  it('sends nothing where that fails, and passes on why', async () => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const { client } = createSubject();
    const thrown = new TypeError('no slot');
    const whenConnected = (): Promise<void> => Promise.reject(thrown);
    await expect(client.send(post(server.origin, { whenConnected }))).rejects.toBe(thrown);
    expect(server.requests).toEqual([]);
  });

  it('dates the sending after itself and the answer at its status line', async () => {
    const { client, clock } = createSubject();
    const startMs = clock.nowMs();
    const server = await startWireServer((socket, request) => {
      clock.advance(300);
      reply('200 OK', [], '')(socket, request);
    });
    const beforeSend = (): void => clock.advance(40);
    const result = await client.send(post(server.origin, { beforeSend }));
    expect(result).toMatchObject({
      kind: 'answered',
      sentAtMs: startMs + 40,
      answeredAtMs: startMs + 340,
      elapsedMs: 300,
    });
  });
});
