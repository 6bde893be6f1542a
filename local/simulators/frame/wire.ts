/**
 * What crosses the wire between a client and a simulated vendor, free of sockets, so that the same
 * simulator answers an HTTP server and a simulation in virtual time.
 */
export interface WireHead {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** An iterable is a body too large to be held: it is streamed, without a length. */
  readonly body: Uint8Array | Iterable<Uint8Array>;
}

/**
 * How much of the response reaches the client: all of it, the head and half of the body before the
 * connection breaks, a broken connection only, or nothing for as long as the client waits.
 */
export type Delivery = 'whole' | 'half' | 'cut' | 'never';

export interface WireAnswer extends WireResponse {
  readonly delivery: Delivery;
  readonly delayMs: number;
}

/** The parts of a request that a caller in the same process has to name. */
export interface InProcessRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: URLSearchParams | Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly ip?: string;
}

export function wireHead(request: InProcessRequest): WireHead {
  const headers = Object.entries(request.headers ?? {});
  return {
    method: request.method.toUpperCase(),
    path: request.path,
    query: new URLSearchParams(request.query ?? {}),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ip: request.ip ?? '127.0.0.1',
  };
}

export const jsonResponse = (status: number, value: unknown): WireResponse =>
  textResponse(status, 'application/json', JSON.stringify(value));

export const textResponse = (status: number, contentType: string, text: string): WireResponse => ({
  status,
  headers: { 'content-type': contentType },
  body: Buffer.from(text),
});

export const emptyResponse = (status: number): WireResponse => ({
  status,
  headers: {},
  body: new Uint8Array(),
});

export const withHeaders = (
  response: WireResponse,
  headers: Readonly<Record<string, string>>,
): WireResponse => ({ ...response, headers: { ...response.headers, ...headers } });
