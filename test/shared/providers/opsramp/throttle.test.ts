import { describe, expect, it } from 'vitest';
import { createSecretCache } from '../../../../shared/http/secret-cache.ts';
import { parseThrottleSignals } from '../../../../shared/http/throttle-signals.ts';
import { createTokenCache } from '../../../../shared/http/token-cache.ts';
import { minutes, seconds } from '../../../../shared/kernel/duration.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';
import { opsramp } from '../../../../shared/providers/opsramp/opsramp.ts';
import {
  rateLimitDialect,
  taughtBudgetOf,
  throttledMs,
} from '../../../../shared/providers/opsramp/throttle.ts';
import { createVendorAccount } from '../../../../shared/providers/vendor-account.ts';
import { createLeapingClock } from '../../../support/leaping-clock.ts';
import { createRotatingSecret } from '../../../support/rotating-secret.ts';
import { account } from './sample-account.ts';

const NOW_MS = Date.UTC(2026, 2, 1, 12);
const inSeconds = (ahead: number): string => String(NOW_MS / 1_000 + ahead);

const wait = (headers: Record<string, string>): number =>
  throttledMs(
    operations.searchAlerts,
    parseThrottleSignals(headers, rateLimitDialect, NOW_MS),
    minutes(1),
  );

describe('throttledMs', () => {
  it.each([
    ['as far as the reset', { 'x-ratelimit-reset': inSeconds(17) }, 17],
    ['as far as a quoted reset', { 'x-ratelimit-reset': ` "${inSeconds(17)}" ` }, 17],
    ['a second for a reset that is past', { 'x-ratelimit-reset': inSeconds(-30) }, 1],
    ['two minutes at most', { 'x-ratelimit-reset': inSeconds(900) }, 120],
    ['a minute for a reset of another day', { 'x-ratelimit-reset': inSeconds(200_000) }, 60],
    ['a minute where nothing is said', {}, 60],
    ['as retry-after says', { 'retry-after': '90', 'x-ratelimit-reset': inSeconds(5) }, 90],
    ['a second for a retry-after of none', { 'retry-after': '0' }, 1],
  ])('waits %s', (_what, headers, waitSeconds) => {
    expect(wait(headers)).toBe(seconds(waitSeconds));
  });
});

describe('the bucket that an answer names', () => {
  it.each([
    [' "client.alerts.get" ', 'client.alerts.get'],
    ['alerts', 'alerts'],
    ['"a b"', undefined],
    ['x'.repeat(101), undefined],
    ['', undefined],
  ])('of %j is %s', (text, bucket) => {
    const headers = { 'x-ratelimit-bucket': text };
    expect(parseThrottleSignals(headers, rateLimitDialect, NOW_MS).bucket).toBe(bucket);
  });
});

it('an answer teaches a budget its bucket beside its limit', () => {
  const clock = createLeapingClock();
  const secrets = createSecretCache({ source: createRotatingSecret({}), clock });
  const client = { send: () => Promise.reject(new Error('not sent')), close: () => undefined };
  const where = { endpointsHonoured: false, localStack: false, budgets: {} };
  const deps = { client, secrets, tokens: createTokenCache({ clock }), clock, ...where };
  const headers = { 'x-ratelimit-limit': '50', 'x-ratelimit-bucket': '"client.alerts.paged"' };
  const times = { sentAtMs: 0, answeredAtMs: 1, elapsedMs: 1 };
  const answer = { kind: 'answered', status: 200, headers, body: { kind: 'empty' } } as const;
  const vendor = createVendorAccount(deps, opsramp, 'contoso', account);
  const taught = vendor.findTaughtLimit(
    { operation: operations.searchAlerts, key: 'k' },
    { ...answer, ...times },
  );
  expect(taught).toMatchObject({
    budget: { id: 'opsramp/contoso/alerts.paged' },
    requests: 50,
    bucket: 'client.alerts.paged',
  });
});

describe('the limit that an answer teaches', () => {
  it('is that of the very lane, whatever its values are wrapped in', () => {
    const headers = { 'x-ratelimit-limit': '"50"', 'x-ratelimit-remaining': '"0"' };
    expect(parseThrottleSignals(headers, rateLimitDialect, NOW_MS)).toEqual({
      limit: 50,
      remaining: 0,
    });
    expect(taughtBudgetOf(operations.searchAlerts)).toBe('alerts.paged');
    expect(taughtBudgetOf(operations.actOnAlert)).toBe('alerts.write');
  });
});
