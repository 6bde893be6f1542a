import { describe, expect, it } from 'vitest';
import { parseThrottleSignals } from '../../../../shared/http/throttle-signals.ts';
import { hours, seconds } from '../../../../shared/kernel/duration.ts';
import { operations } from '../../../../shared/providers/amp/operations.ts';
import { rateLimitDialect, throttledMs } from '../../../../shared/providers/amp/throttle.ts';

const NOW_MS = Date.parse('2022-04-08T14:00:00Z');
const date = 'Fri, 08 Apr 2022 14:00:00 GMT';

const signalsOf = (headers: Record<string, string>) =>
  parseThrottleSignals({ date, ...headers }, rateLimitDialect, NOW_MS);

const waitMs = (headers: Record<string, string>): number =>
  throttledMs(operations.listEvents, signalsOf(headers), hours(1));

describe('the rate-limit dialect of Cisco AMP', () => {
  it.each([
    ['as documented', 'x-rate-limit'],
    ['as sent', 'x-ratelimit'],
  ])('is read spelled %s', (_what, prefix) => {
    const headers = {
      [`${prefix}-limit`]: '3000',
      [`${prefix}-remaining`]: '2966',
      [`${prefix}-reset`]: '3451',
    };
    expect(signalsOf(headers)).toEqual({
      limit: 3_000,
      remaining: 2_966,
      resetInMs: seconds(3_451),
    });
  });

  it('prefers the reset that is an instant', () => {
    const headers = {
      'x-ratelimit-reset': '3000',
      'x-ratelimit-resetdate': '2022-04-08T14:49:51Z',
    };
    expect(signalsOf(headers).resetInMs).toBe(seconds(49 * 60 + 51));
  });

  it('takes a reset that no window is long enough for as an instant', () => {
    const headers = { 'x-ratelimit-reset': String(NOW_MS / 1_000 + 40) };
    expect(signalsOf(headers).resetInMs).toBe(seconds(40));
  });
});

describe('throttledMs of Cisco AMP', () => {
  it('follows retry-after, then the date of the reset, then the reset, then the hour', () => {
    const reset = { 'x-ratelimit-reset': '120' };
    const resetDate = { ...reset, 'x-ratelimit-resetdate': '2022-04-08T14:01:00Z' };
    expect(waitMs({ ...resetDate, 'retry-after': '7' })).toBe(seconds(7));
    expect(waitMs(resetDate)).toBe(seconds(60));
    expect(waitMs(reset)).toBe(seconds(120));
    expect(waitMs({})).toBe(hours(1));
  });

  it('waits neither less than a second nor more than an hour and a little', () => {
    expect(waitMs({ 'x-ratelimit-reset': '0' })).toBe(seconds(1));
    expect(waitMs({ 'retry-after': '86400' })).toBe(seconds(3_700));
  });
});
