/** A vendor client whose network is a simulator in this process and whose latency is virtual time. */
import type { Simulator } from '../../../local/simulators/frame/simulator.ts';
import type { WireAnswer } from '../../../local/simulators/frame/wire.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import {
  malformedBody,
  readVendorBody,
  type VendorBody,
} from '../../../shared/http/vendor-body.ts';
import type { VendorClient, VendorResult } from '../../../shared/http/vendor-client.ts';
import { revealHeaders, toRequestBody } from '../../../shared/http/vendor-request.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';

export interface Latency {
  readonly thereMs: number;
  readonly backMs: number;
}

export interface VirtualVendorClientOptions {
  readonly clock: Clock;
  readonly simulator: Pick<Simulator, 'handle'>;
  /** Asked once a request. */
  readonly latency: () => Latency;
}

export const createVirtualVendorClient = ({
  clock,
  simulator,
  latency,
}: VirtualVendorClientOptions): VendorClient => ({
  close: () => {},
  async send(request) {
    const { thereMs, backMs } = latency();
    const body = toRequestBody(request.body);
    const headers = { ...body?.headers, ...revealHeaders(request.headers ?? {}) };
    await request.whenConnected?.();
    request.beforeSend?.();
    const sentAtMs = clock.nowMs();
    await clock.sleep(thereMs);
    const answer = simulator.handle({
      method: request.method,
      path: request.url.pathname,
      query: request.url.searchParams,
      headers,
      ...(body && { body: Buffer.from(body.text) }),
    });
    const answerMs = backMs + answer.delayMs;
    const leftMs = request.timeoutMs - thereMs;
    const silent = answer.delivery === 'never' || answerMs > leftMs;
    await clock.sleep(silent ? leftMs : answerMs);
    return resultOf(answer, silent || answer.delivery === 'cut', sentAtMs, clock.nowMs());
  },
});

function resultOf(
  answer: WireAnswer,
  unanswered: boolean,
  sentAtMs: number,
  endedAtMs: number,
): VendorResult {
  if (unanswered) {
    const error = new SluiceError('provider.no-answer', 'the simulated vendor gave no answer');
    return { kind: 'unanswered', error, sentAtMs, boundAtMs: endedAtMs };
  }
  const { status, headers } = answer;
  const requestId = headers['x-request-id'];
  return {
    kind: 'answered',
    status,
    headers,
    body: bodyOf(answer),
    sentAtMs,
    answeredAtMs: endedAtMs,
    elapsedMs: endedAtMs - sentAtMs,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** As the wire client caps it. */
const BYTES_MAX = 25_000_000;

function bodyOf({ body, delivery, headers }: WireAnswer): VendorBody {
  if (delivery === 'half') return malformedBody('half-body');
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (const chunk of body instanceof Uint8Array ? [body] : body) {
    sizeBytes += chunk.length;
    if (sizeBytes > BYTES_MAX) return malformedBody('too-large');
    chunks.push(chunk);
  }
  return readVendorBody(Buffer.concat(chunks).toString(), headers['content-type']);
}
