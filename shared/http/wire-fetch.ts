/**
 * A `fetch` for exactly one request, built on node:http and node:https.
 *
 * Why not the global fetch: it throws on status 407 (an expired OpsRamp token), retries on a
 * connection that closed while idle, and does not say whether the request was written.
 *
 * Guarantees: at most one request is ever written; nothing is written before `beforeSend` returned;
 * no redirect is followed; any status answers a `Response`; the record says what reached the wire,
 * and when the socket was finished with, even where the fetch itself rejects.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import type { Clock } from '../kernel/clock.ts';
import { invariant } from '../kernel/invariant.ts';
import { acceptedEncodings, type BodyCut, bodilessStatuses, collectBody } from './wire-body.ts';

export interface WireAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

export interface WireOptions {
  readonly clock: Clock;
  /** Most decoded bytes of a body that are kept; beyond, the connection is destroyed. */
  readonly bytesMax: number;
  /** Keep-alive pools for GET. Other methods always open their own connection. */
  readonly agents: WireAgents;
  /** Sent with a GET, which no `Request` can carry: OpsRamp runs jobs so. */
  readonly getBody?: string | undefined;
  /** Runs once connected, before `beforeSend`; if it rejects, nothing is sent. */
  readonly whenConnected?: (() => Promise<void>) | undefined;
  /** Runs in the same tick as the write, once connected; if it throws, nothing is sent. */
  readonly beforeSend?: (() => void) | undefined;
}

export interface WireHead {
  readonly status: number;
  /** Lower-case names; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly atMs: number;
}

/** What is known of the one request, filled in as it happens. */
export interface WireRecord {
  sentAtMs?: number;
  head?: WireHead;
  /** The last byte arrived, or the socket was destroyed. */
  endedAtMs?: number;
  /** From the write to the end, on the clock that never steps. */
  elapsedMs?: number;
  cut?: BodyCut;
  /** What a hook threw. */
  refusal?: { readonly error: unknown };
  /** Why there is no answer. */
  failure?: Error;
}

export interface Wire {
  readonly fetch: (input: string | URL | Request) => Promise<Response>;
  readonly record: Readonly<WireRecord>;
}

export function createWire(options: WireOptions): Wire {
  const record: WireRecord = {};
  let used = false;
  return {
    record,
    fetch: async (input) => {
      invariant(!used, 'a wire carries one request: a permit is worth one');
      used = true;
      const request = input instanceof Request ? input : new Request(input);
      return exchange(request, await bodyOf(request, options.getBody), options, record);
    },
  };
}

async function bodyOf(request: Request, getBody: string | undefined): Promise<Buffer | undefined> {
  if (getBody === undefined) {
    return request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  }
  invariant(request.method === 'GET', 'a body beside the request is for GET alone');
  return Buffer.from(getBody);
}

function exchange(
  request: Request,
  body: Buffer | undefined,
  options: WireOptions,
  record: WireRecord,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      record.failure = new Error('aborted before the request was opened');
      reject(record.failure);
      return;
    }
    const { clock } = options;
    const outgoing = open(request, body, options);
    let sentMonotonicMs: number | undefined;
    const elapsedMs = (): number => clock.monotonicMs() - (sentMonotonicMs ?? clock.monotonicMs());
    /** Never before what the steady clock says: a wall clock that was set back bounds nothing. */
    const instantMs = (): number => Math.max(clock.nowMs(), (record.sentAtMs ?? 0) + elapsedMs());

    const settle = (): void => {
      if (record.endedAtMs === undefined) {
        record.endedAtMs = instantMs();
        record.elapsedMs = elapsedMs();
      }
      request.signal.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      outgoing.destroy();
      if (record.endedAtMs === undefined) record.failure ??= error;
      settle();
      reject(error);
    };
    const abort = (): void => fail(new Error('aborted by its time limit or its caller'));
    const answer = async (incoming: http.IncomingMessage): Promise<void> => {
      record.head = headOf(incoming, instantMs());
      const collected = await collectBody(incoming, options.bytesMax);
      if ('cut' in collected) {
        record.cut = collected.cut;
        outgoing.destroy();
      }
      settle();
      resolve(toResponse(record.head, 'bytes' in collected ? collected.bytes : undefined));
    };

    request.signal.addEventListener('abort', abort);
    // Once there is a status line, the reader of the body sees what breaks, and says how.
    outgoing.on('error', (error) => {
      if (record.head === undefined) fail(error);
    });
    outgoing.once('response', (incoming) => void answer(incoming).catch(fail));
    outgoing.once('upgrade', (incoming) => {
      record.cut = 'half-body';
      record.head = headOf(incoming, instantMs());
      fail(new Error('the vendor switched protocols without being asked'));
    });
    onceConnected(outgoing, async () => {
      try {
        await options.whenConnected?.();
        if (outgoing.destroyed) return;
        options.beforeSend?.();
      } catch (error) {
        record.refusal = { error };
        fail(error instanceof Error ? error : new Error('refused before sending'));
        return;
      }
      record.sentAtMs = clock.nowMs();
      sentMonotonicMs = clock.monotonicMs();
      outgoing.end(body);
    });
  });
}

/** Opens a connection; nothing is written until `end` is called. */
function open(
  request: Request,
  body: Buffer | undefined,
  { agents, getBody }: WireOptions,
): http.ClientRequest {
  const url = new URL(request.url);
  const secure = url.protocol === 'https:';
  const headers: Record<string, string> = { 'accept-encoding': acceptedEncodings };
  for (const [name, value] of request.headers) headers[name] = value;
  // Node announces no body of a GET or DELETE by itself: it would be read as the next request.
  if (body) headers['content-length'] = String(body.length);
  // A pooled connection may be closing at its other end. A GET can bear that; a write whose fate
  // is then unknown cannot, and a GET with a body is one.
  const pooled = secure ? agents.https : agents.http;
  const agent = request.method === 'GET' && getBody === undefined ? pooled : false;
  return (secure ? https : http).request(url, { method: request.method, headers, agent });
}

function onceConnected(outgoing: http.ClientRequest, run: () => Promise<void>): void {
  outgoing.once('socket', (socket: Socket) => {
    const whileOpen = (): void => {
      if (!outgoing.destroyed) void run();
    };
    if (outgoing.reusedSocket) whileOpen();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', whileOpen);
  });
}

function headOf(incoming: http.IncomingMessage, atMs: number): WireHead {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: incoming.statusCode ?? 0, headers, atMs };
}

/** A real `Response`, also for statuses that its constructor refuses (600 to 999). */
function toResponse(head: WireHead, bytes: Buffer | undefined): Response {
  const constructible = head.status >= 200 && head.status <= 599;
  const bodiless = bytes === undefined || bodilessStatuses.has(head.status);
  const response = new Response(bodiless ? null : new Uint8Array(bytes), {
    status: constructible ? head.status : 599,
    headers: head.headers,
  });
  if (!constructible) {
    Object.defineProperty(response, 'status', { value: head.status });
    Object.defineProperty(response, 'ok', { value: false });
  }
  return response;
}
