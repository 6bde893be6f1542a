import { unreachable } from '../../../shared/kernel/invariant.ts';
import type { Fault } from './faults.ts';
import { textResponse, type WireAnswer, type WireResponse, withHeaders } from './wire.ts';

export interface FaultSurroundings {
  readonly nowMs: number;
  /** Carries the request out and gives the true answer. */
  readonly act: () => WireResponse;
  /** An error in the vendor's usual envelope. */
  readonly errorOf: (status: number) => WireResponse;
}

export const whole = (response: WireResponse): WireAnswer => ({
  ...response,
  delivery: 'whole',
  delayMs: 0,
});

/** What the client gets, or does not get, of a request that this fault hits. */
export function faultAnswer(fault: Fault, { nowMs, act, errorOf }: FaultSurroundings): WireAnswer {
  const actIf = (acted: boolean): WireResponse => (acted ? act() : errorOf(500));
  switch (fault.kind) {
    case 'throttle':
      return whole(withHeaders(errorOf(429), retryAfter(fault, nowMs)));
    case 'status':
      actIf(fault.acted);
      return whole(errorOf(fault.status));
    case 'html':
      actIf(fault.acted);
      return whole(textResponse(fault.status, 'text/html', HTML));
    case 'raw':
      actIf(fault.acted);
      return whole(textResponse(fault.status, fault.contentType, fault.body));
    case 'half-body':
      return { ...whole(act()), delivery: 'half' };
    case 'cut':
      return { ...whole(actIf(fault.acted)), delivery: 'cut' };
    case 'silence':
      return { ...whole(actIf(fault.acted)), delivery: 'never' };
    case 'slow':
      return { ...whole(act()), delayMs: fault.delayMs };
    case 'huge-body':
      return whole({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: hugeJson(fault.bytes),
      });
    default:
      return unreachable(fault);
  }
}

const HTML =
  '<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body>Try again later.</body></html>';

function retryAfter(
  fault: Extract<Fault, { kind: 'throttle' }>,
  nowMs: number,
): Record<string, string> {
  const { retryAfterSeconds } = fault;
  if (retryAfterSeconds === undefined) return {};
  const date = new Date(nowMs + retryAfterSeconds * 1_000).toUTCString();
  return { 'retry-after': fault.retryAfterForm === 'date' ? date : String(retryAfterSeconds) };
}

const CHUNK_BYTES = 65_536;

/** One JSON string of exactly `bytes` bytes, in chunks. */
function* hugeJson(bytes: number): Generator<Uint8Array> {
  yield Buffer.from('"');
  for (let left = bytes - 2; left > 0; left -= CHUNK_BYTES) {
    yield Buffer.alloc(Math.min(left, CHUNK_BYTES), 'x');
  }
  yield Buffer.from('"');
}
