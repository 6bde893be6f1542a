/**
 * The vendor client of one environment: a network in virtual time. A request that was written reaches
 * the vendor whatever becomes of its sender, at the latest when the limiter's allowance ends.
 */
import type { WireAnswer } from '../../local/simulators/frame/wire.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { malformedBody, readVendorBody } from '../../shared/http/vendor-body.ts';
import type { VendorClient, VendorRequest, VendorResult } from '../../shared/http/vendor-client.ts';
import { revealHeaders, toRequestBody } from '../../shared/http/vendor-request.ts';
import { FLIGHT_ALLOWANCE_MS } from '../../shared/limiter/timings.ts';
import type { Environment } from './environment.ts';
import type { Fates } from './fates.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { World } from './world.ts';

export interface Network {
  clientOf(env: Environment): VendorClient;
}

export function createNetwork(world: World, fates: Fates, vendor: SimulatedVendor): Network {
  const { clock, random } = world;
  let requests = 0;

  /** Undefined where no answer comes before `timeoutMs` after the write. */
  function exchange(request: VendorRequest): Promise<WireAnswer | undefined> {
    requests += 1;
    const number = requests;
    const slow = fates.slow(number);
    const thereMs = 10 + random() * 30 + (slow?.thereMs ?? 0);
    const backMs = 10 + random() * 30 + (slow?.backMs ?? 0);
    const lostMs = request.timeoutMs + FLIGHT_ALLOWANCE_MS;
    const answered = clock
      .sleep(Math.min(thereMs, lostMs))
      .then(() => (thereMs > lostMs ? undefined : vendor.arrive(toWire(request), number)))
      .then(async (answer) => {
        if (!answer || answer.delivery === 'never') return new Promise<undefined>(() => {});
        await clock.sleep(backMs + answer.delayMs);
        return answer;
      });
    return Promise.race([answered, clock.sleep(request.timeoutMs).then(() => undefined)]);
  }

  return {
    clientOf: (env) => ({
      close: () => {},
      async send(request) {
        await clock.sleep(2 + random() * 10);
        await env.unlessDead(undefined);
        await request.whenConnected?.();
        await env.unlessDead(undefined);
        request.beforeSend?.();
        const sentAtMs = env.clock.nowMs();
        const monotonicMs = env.clock.monotonicMs();
        const answer = await exchange(request);
        await env.unlessDead(undefined);
        // As the real client does: never before what the steady clock says.
        const steadyMs = sentAtMs + env.clock.monotonicMs() - monotonicMs;
        return resultOf(answer, sentAtMs, Math.max(env.clock.nowMs(), steadyMs));
      },
    }),
  };
}

function toWire(request: VendorRequest) {
  const body = toRequestBody(request.body);
  return {
    method: request.method,
    path: request.url.pathname,
    query: request.url.searchParams,
    headers: { ...body?.headers, ...revealHeaders(request.headers ?? {}) },
    ...(body && { body: Buffer.from(body.text) }),
  };
}

function resultOf(
  answer: WireAnswer | undefined,
  sentAtMs: number,
  endedAtMs: number,
): VendorResult {
  if (!answer || answer.delivery === 'cut') {
    const error = new SluiceError('provider.no-answer', 'the simulated vendor gave no answer');
    return { kind: 'unanswered', error, sentAtMs, boundAtMs: endedAtMs };
  }
  const { status, headers, body } = answer;
  const text = Buffer.concat(body instanceof Uint8Array ? [body] : [...body]).toString();
  return {
    kind: 'answered',
    status,
    headers,
    body:
      answer.delivery === 'half'
        ? malformedBody('half-body')
        : readVendorBody(text, headers['content-type']),
    sentAtMs,
    answeredAtMs: endedAtMs,
    elapsedMs: endedAtMs - sentAtMs,
  };
}
