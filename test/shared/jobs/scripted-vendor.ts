/**
 * A vendor that answers from a script: each request takes the next turn, and one that the script
 * does not foresee fails the test.
 */
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { AnsweredResult, VendorResult } from '../../../shared/http/vendor-client.ts';
import type { VendorAccount } from '../../../shared/jobs/vendor-account.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import { CALL_TIMEOUT_MS } from '../../../shared/limiter/timings.ts';

export const narrow: Budget = {
  id: 'automox/acme/narrow',
  name: 'narrow',
  requests: 5,
  windowMs: 60_000,
  mode: 'strict',
  throttledMs: 60_000,
};
export const wide: Budget = { ...narrow, id: 'automox/acme/wide', name: 'wide', requests: 100 };

export const ANSWER_MS = 40;

export type Turn = (clock: Clock) => Promise<VendorResult>;

type Body = AnsweredResult['body'];

/** The vendor answers. `headers`: `retry-after` on a 429; `x-limit`, `x-exhausted-ms` teach. */
export const answers =
  (status: number, value: Json | Body = {}, headers: Record<string, string> = {}): Turn =>
  async (clock) => {
    const sentAtMs = clock.nowMs();
    await clock.sleep(ANSWER_MS);
    const body: Body = isBody(value) ? value : { kind: 'json', value };
    const times = { sentAtMs, answeredAtMs: clock.nowMs(), elapsedMs: ANSWER_MS };
    return { kind: 'answered', status, headers, body, requestId: `r-${status}`, ...times };
  };

export const unreachable: Turn = async () => ({
  kind: 'unsent',
  error: new SluiceError('provider.unreachable', 'could not connect'),
});

export const silent: Turn = async (clock) => {
  const sentAtMs = clock.nowMs();
  await clock.sleep(CALL_TIMEOUT_MS);
  const error = new SluiceError('provider.no-answer', 'no answer');
  return { kind: 'unanswered', error, sentAtMs, boundAtMs: clock.nowMs() };
};

export interface ScriptedVendor extends VendorAccount {
  /** `operation key` of each request that went out, in order. */
  readonly sent: readonly string[];
  /** Turns that no request has taken. */
  readonly left: number;
}

export interface VendorScript {
  readonly clock: Clock;
  readonly turns?: readonly Turn[];
  /** How often the store holds a newer credential than the one refused. */
  readonly renewals?: number;
  /** Of every call. Default: two strict ones, `narrow` and `wide`. */
  readonly budgets?: readonly Budget[];
  /** How long the vendor takes to connect. */
  readonly connectMs?: number;
  /** What each `prepare` throws, in order; undefined for none. */
  readonly prepare?: readonly (Error | undefined)[];
}

export function createScriptedVendor(script: VendorScript): ScriptedVendor {
  const { clock, turns = [], budgets = [narrow, wide], connectMs = 0 } = script;
  const sent: string[] = [];
  const prepare = [...(script.prepare ?? [])];
  let renewals = script.renewals ?? 0;
  return {
    account: { provider: 'automox', organizationId: 1 },
    sent,
    get left() {
      return turns.length - sent.length;
    },
    budgetsOf: () => budgets,
    isRefusal: (status) => [401, 403].includes(status),
    async prepare() {
      const failure = prepare.shift();
      if (failure) throw failure;
    },
    async send(call, { whenConnected, beforeSend }) {
      await clock.sleep(connectMs);
      await whenConnected();
      beforeSend();
      const turn = turns[sent.length];
      if (!turn) throw new Error(`an unexpected request: ${call.operation.id} ${call.key}`);
      sent.push(`${call.operation.id} ${call.key}`);
      return turn(clock);
    },
    findError: (_call, answer) => findError(answer),
    throttledMs: (_call, { headers }) => Number(headers['retry-after'] ?? 60) * 1_000,
    findTaughtLimit(_call, { headers }) {
      const requests = Number(headers['x-limit'] ?? 0);
      const exhaustedForMs = Number(headers['x-exhausted-ms'] ?? 0);
      if (requests === 0) return undefined;
      return { budget: wide, requests, ...(exhaustedForMs > 0 ? { exhaustedForMs } : {}) };
    },
    async refreshCredential() {
      renewals -= 1;
      return renewals >= 0;
    },
  };
}

const isBody = (value: Json | Body): value is Body =>
  typeof value === 'object' && value !== null && 'kind' in value;

function findError({ status, body, requestId }: AnsweredResult): ProviderError | undefined {
  const more = { status, ...(requestId === undefined ? {} : { requestId }) };
  const html = body.kind === 'html';
  if (status < 300) {
    return html ? new ProviderError('provider.malformed-answer', 'a page', more) : undefined;
  }
  if (status >= 500) return new ProviderError('provider.unavailable', 'unwell', more);
  if (status === 401 || status === 403) {
    return new ProviderError('provider.unauthorized', 'no entry', more);
  }
  if (status === 404) return new ProviderError('provider.not-found', 'nothing there', more);
  if (status === 429) return new ProviderError('provider.throttled', 'too many', more);
  return new ProviderError('provider.rejected', 'wrong', more);
}
