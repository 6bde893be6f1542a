/**
 * Sends one request to a vendor: exactly one on the wire for each call, because it holds one
 * permit.
 *
 * Guarantees: no retry, no redirect; every outcome is a value that says whether the vendor can have
 * seen the request, with the instants a limiter needs. No error carries a header, a body or a
 * query. Throws only what a hook threw, or for a request that cannot be put into words.
 *
 * An answer whose body is cut, too large or unreadable is still an answer: the status line was
 * read, so what the vendor did is known; `body` is then `malformed` and carries the typed error.
 * Only a request that was written and got no status line is `unanswered`.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import ky from 'ky';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import type { Secret } from '../kernel/secret.ts';
import { malformedBody, readVendorBody, type VendorBody } from './vendor-body.ts';
import { revealHeaders, toRequestBody, type VendorRequestBody } from './vendor-request.ts';
import { createWire, type WireHead, type WireRecord } from './wire-fetch.ts';

export interface VendorRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From `buildUrl`: the origin is the account's. */
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string | Secret>>;
  readonly body?: VendorRequestBody;
  /** From the call to the last byte of the answer, connecting included. */
  readonly timeoutMs: number;
  /** Most decoded bytes of an answer. Default 25 MB: the largest device list with room to spare. */
  readonly bytesMax?: number;
  readonly signal?: AbortSignal;
  /** Runs once connected; the write waits for it. Throw to send nothing, as in `beforeSend`. */
  readonly whenConnected?: () => Promise<void>;
  /**
   * Runs once connected, in the tick of the write. Throw to send nothing (a permit ran out): `send`
   * then rejects with what was thrown.
   */
  readonly beforeSend?: () => void;
}

export interface AnsweredResult {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: VendorBody;
  readonly sentAtMs: number;
  /** The status line arrived: the vendor had counted the request by then. */
  readonly answeredAtMs: number;
  /** From the write to the last byte. */
  readonly elapsedMs: number;
  readonly requestId?: string;
}

export type VendorResult =
  | AnsweredResult
  /** Certainly never reached the vendor: no name, no connection, no TLS, no time to connect. */
  | { readonly kind: 'unsent'; readonly error: SluiceError }
  /** Written, and no status line came: the vendor may have acted. */
  | {
      readonly kind: 'unanswered';
      readonly error: SluiceError;
      readonly sentAtMs: number;
      /** The socket was destroyed: nothing more of this request can leave this machine. */
      readonly boundAtMs: number;
    };

export interface VendorClient {
  send(request: VendorRequest): Promise<VendorResult>;
  /** Closes idle connections. */
  close(): void;
}

const BYTES_MAX_DEFAULT = 25_000_000;

/** An idle connection older than this is not worth the risk that its other end is closing. */
const IDLE_SOCKET_MS = seconds(15);

const requestIdHeaders = ['x-request-id', 'x-correlation-id', 'request-id', 'x-amzn-requestid'];

export function createVendorClient({ clock }: { readonly clock: Clock }): VendorClient {
  const pool = { keepAlive: true, maxSockets: 16, timeout: IDLE_SOCKET_MS };
  const agents = { http: new http.Agent(pool), https: new https.Agent(pool) };

  async function send(request: VendorRequest): Promise<VendorResult> {
    const headers = revealHeaders({ accept: 'application/json', ...request.headers });
    const body = toRequestBody(request.body);
    const isGet = request.method === 'GET';
    const { fetch, record } = createWire({
      clock,
      getBody: isGet ? body?.text : undefined,
      agents,
      bytesMax: request.bytesMax ?? BYTES_MAX_DEFAULT,
      whenConnected: request.whenConnected,
      beforeSend: request.beforeSend,
    });
    try {
      const response = await ky(request.url, {
        method: request.method,
        headers: { ...body?.headers, ...headers },
        ...(body && !isGet && { body: body.text }),
        ...(request.signal && { signal: request.signal }),
        timeout: request.timeoutMs,
        fetch,
        retry: 0,
        redirect: 'manual',
        throwHttpErrors: false,
      });
      return resultOf(record, request.url, clock, await response.text());
    } catch (error) {
      if (record.refusal !== undefined) throw record.refusal.error;
      // Not written, not failed, not timed out: the request itself was wrong, and that is a defect.
      // Once written, whatever went wrong afterwards, the vendor may have counted it.
      const written = record.sentAtMs !== undefined;
      if (!written && record.failure === undefined && !isTimeout(error)) throw error;
      return resultOf(record, request.url, clock, undefined);
    }
  }

  return {
    send,
    close: () => {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError';

/** ky's own errors are dropped on purpose: they hold the request, and with it the credential. */
function resultOf(
  record: Readonly<WireRecord>,
  url: URL,
  clock: Clock,
  text: string | undefined,
): VendorResult {
  const { sentAtMs, head } = record;
  const endedAtMs = record.endedAtMs ?? clock.nowMs();
  const because = record.failure === undefined ? {} : { cause: record.failure };
  if (sentAtMs === undefined) {
    const message = `could not connect to ${url.host}: nothing was sent`;
    return { kind: 'unsent', error: new SluiceError('provider.unreachable', message, because) };
  }
  if (head === undefined) {
    const message = `${url.host} was sent the request and gave no answer: it may have acted`;
    const error = new SluiceError('provider.no-answer', message, because);
    return { kind: 'unanswered', error, sentAtMs, boundAtMs: endedAtMs };
  }
  const cut = record.cut ?? (text === undefined ? 'half-body' : undefined);
  return {
    kind: 'answered',
    status: head.status,
    headers: head.headers,
    body: cut ? malformedBody(cut) : readVendorBody(text ?? '', head.headers['content-type']),
    sentAtMs,
    answeredAtMs: head.atMs,
    elapsedMs: record.elapsedMs ?? 0,
    ...findRequestId(head),
  };
}

function findRequestId(head: WireHead): { requestId?: string } {
  const value = requestIdHeaders.map((name) => head.headers[name]).find(Boolean);
  // It is printed and stored: only what an identifier is made of, and no more than one needs.
  const requestId = value?.replaceAll(/[^\w.:+/=-]/g, '').slice(0, 200);
  return requestId ? { requestId } : {};
}
