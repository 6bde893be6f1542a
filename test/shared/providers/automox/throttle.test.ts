import { describe, expect, it } from 'vitest';
import { parseThrottleSignals } from '../../../../shared/http/throttle-signals.ts';
import { minutes, seconds } from '../../../../shared/kernel/duration.ts';
import { operations } from '../../../../shared/providers/automox/operations.ts';
import { rateLimitDialect, throttledMs } from '../../../../shared/providers/automox/throttle.ts';

const NOW_MS = Date.parse('2022-03-28T15:52:47Z');
const date = 'Mon, 28 Mar 2022 15:52:47 GMT';

/** The wait after a 429 to a call of the account's budget, and to one with a minute's budget. */
function waits(headers: Record<string, string>): { account: number; minute: number } {
  const signals = parseThrottleSignals({ date, ...headers }, rateLimitDialect, NOW_MS);
  return {
    account: throttledMs(operations.getPolicy, signals, seconds(1)),
    minute: throttledMs(operations.batchServers, signals, minutes(1)),
  };
}

describe('throttledMs', () => {
  it('follows retry-after before all else', () => {
    // The headers of the vendor's own sample: its reset lies half an hour away from its date.
    const sample = { 'retry-after': '1', 'x-ratelimit-reset': '1648484793' };
    expect(waits(sample)).toEqual({ account: seconds(1), minute: seconds(1) });
  });

  it('follows the reset for the budget that it describes, and no other', () => {
    const reset = { 'x-ratelimit-reset': String(NOW_MS / 1_000 + 3) };
    expect(waits(reset)).toEqual({ account: seconds(3), minute: minutes(1) });
  });

  it('believes no reset that is past, or further away than a minute', () => {
    expect(waits({ 'x-ratelimit-reset': String(NOW_MS / 1_000) }).account).toBe(seconds(1));
    expect(waits({ 'x-ratelimit-reset': '1648484793' }).account).toBe(minutes(1));
  });

  it('keeps the documented wait where the answer says nothing', () => {
    expect(waits({})).toEqual({ account: seconds(1), minute: minutes(1) });
  });
});
