import { describe, expect, it } from 'vitest';
import { parseThrottleSignals } from '../../../../shared/http/throttle-signals.ts';
import { minutes, seconds } from '../../../../shared/kernel/duration.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';
import {
  rateLimitDialect,
  taughtBudgetOf,
  throttledMs,
} from '../../../../shared/providers/opsramp/throttle.ts';

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
