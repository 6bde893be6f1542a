/**
 * A `fetch` that reaches a simulator without sockets, on any clock: with a virtual one, hours of
 * traffic with latency, silence and broken connections pass in milliseconds, the same each time.
 */
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Simulator } from './simulator.ts';
import type { WireAnswer } from './wire.ts';

interface Latency {
  /** From sending to arrival at the vendor. */
  readonly thereMs: number;
  /** From the vendor's answer to the client. */
  readonly backMs: number;
}

export interface InProcessFetchOptions {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Asked once a request. None when absent. */
  readonly latency?: () => Latency;
}

/** Every origin leads to the simulator; the path and the query are what counts. */
export function createInProcessFetch(
  simulator: Pick<Simulator, 'handle'>,
  { clock, latency = () => ({ thereMs: 0, backMs: 0 }) }: InProcessFetchOptions,
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, searchParams } = new URL(request.url);
    const { thereMs, backMs } = latency();
    const body = new Uint8Array(await request.arrayBuffer());
    await unlessAborted(request.signal, clock.sleep(thereMs));
    const answer = simulator.handle({
      method: request.method,
      path: pathname,
      query: searchParams,
      headers: { host, ...Object.fromEntries(request.headers) },
      body,
    });
    const delivered = clock.sleep(backMs + answer.delayMs).then(() => responseOf(answer));
    return unlessAborted(request.signal, delivered);
  };
}

/** A promise that rejects with the signal's reason as soon as the signal is aborted. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function responseOf(answer: WireAnswer): Response | Promise<Response> {
  if (answer.delivery === 'never') return new Promise(() => {});
  if (answer.delivery === 'cut') throw brokenConnection();
  const { status, headers } = answer;
  return new Response(status === 204 ? null : bodyOf(answer), { status, headers });
}

function bodyOf({ body, delivery }: WireAnswer): ReadableStream<Uint8Array> {
  const chunks = body instanceof Uint8Array ? [body] : body;
  return ReadableStream.from(delivery === 'half' ? firstHalf(chunks) : chunks);
}

async function* firstHalf(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    yield chunk.subarray(0, Math.floor(chunk.length / 2));
    throw brokenConnection();
  }
}

/** As undici reports it: a TypeError whose cause has the code. */
const brokenConnection = (): TypeError =>
  new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  });
