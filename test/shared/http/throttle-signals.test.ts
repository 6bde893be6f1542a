import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseThrottleSignals,
  WAIT_MS_MAX,
  xRateLimitDialect,
} from '../../../shared/http/throttle-signals.ts';

const nowMs = Date.UTC(2026, 0, 15, 12);
const nowSeconds = nowMs / 1_000;
const httpDate = (atMs: number): string => new Date(atMs).toUTCString();

const epoch = xRateLimitDialect('epoch-seconds');
const toGo = xRateLimitDialect('seconds-to-go');

describe('S18 retry-after', () => {
  it.each([
    ['1', 1_000],
    ['0', 0],
    [' 60 ', 60_000],
    ['7200', 7_200_000],
    ['7201', WAIT_MS_MAX],
    ['999999999', WAIT_MS_MAX],
    [httpDate(nowMs + 90_000), 90_000],
    [httpDate(nowMs - 90_000), 0],
    [httpDate(nowMs + 90_000_000), WAIT_MS_MAX],
    ['-5', undefined],
    ['1.5', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['', undefined],
    ['2026', 2_026_000],
  ])('of %j is %s ms', (value, retryAfterMs) => {
    expect(parseThrottleSignals({ 'retry-after': value }, epoch, nowMs)).toEqual(
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  });

  it.each([-120_000, 0, 120_000])('as a date ignores a vendor clock off by %i ms', (skewMs) => {
    const headers = {
      date: httpDate(nowMs + skewMs),
      'retry-after': httpDate(nowMs + skewMs + 30_000),
    };
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({ retryAfterMs: 30_000 });
  });
});

describe('S18 a reset in the dialect of epoch seconds', () => {
  it.each([
    ['ahead', `${nowSeconds + 12}`, 12_000],
    ['past', `${nowSeconds - 12}`, 0],
    ['beyond the cap', `${nowSeconds + 7_201}`, WAIT_MS_MAX],
    ['beyond belief', `${nowSeconds + 86_401}`, undefined],
    ['long past', `${nowSeconds - 86_401}`, undefined],
    ['in milliseconds', `${nowMs}`, undefined],
    ['relative after all', '30', 30_000],
    ['zero', '0', undefined],
    ['negative', '-1', undefined],
    ['not a number', 'NaN', undefined],
    ['too long for a number', '9'.repeat(40), undefined],
  ])('that is %s', (_name, value, resetInMs) => {
    expect(parseThrottleSignals({ 'x-ratelimit-reset': value }, epoch, nowMs)).toEqual(
      resetInMs === undefined ? {} : { resetInMs },
    );
  });

  it.each([
    [-1, 0],
    [1, 1_000],
    [120, 120_000],
    [121, 120_000],
    [7_000, 120_000],
  ])('%i s ahead is cut to the longest wait that the dialect knows', (ahead, resetInMs) => {
    const dialect = xRateLimitDialect('epoch-seconds', { resetMsMax: 120_000, quoted: true });
    const headers = { 'x-ratelimit-reset': ` "${nowSeconds + ahead}" ` };
    expect(parseThrottleSignals(headers, dialect, nowMs)).toEqual({ resetInMs });
  });

  it.each([-120, 0, 120])('ignores a vendor clock off by %i s', (skewSeconds) => {
    const headers = {
      date: httpDate(nowMs + skewSeconds * 1_000),
      'x-ratelimit-reset': `${nowSeconds + skewSeconds + 1}`,
    };
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({ resetInMs: 1_000 });
  });
});

describe('S18 a reset in the dialect of seconds to go', () => {
  it.each([
    ['to go', '3599', 3_599_000],
    ['zero', '0', 0],
    ['beyond the cap', '86400', WAIT_MS_MAX],
    ['an epoch after all', `${nowSeconds + 12}`, 12_000],
  ])('that is %s', (_name, value, resetInMs) => {
    expect(parseThrottleSignals({ 'x-rate-limit-reset': value }, toGo, nowMs)).toEqual({
      resetInMs,
    });
  });

  it('gives way to a date where the dialect names one', () => {
    const dialect = xRateLimitDialect('seconds-to-go', { resetDate: ['x-ratelimit-resetdate'] });
    const headers = {
      'x-ratelimit-reset': '600',
      'x-ratelimit-resetdate': '2026-01-15T12:00:45Z',
    };
    expect(parseThrottleSignals(headers, dialect, nowMs)).toEqual({ resetInMs: 45_000 });
    const broken = { ...headers, 'x-ratelimit-resetdate': 'tomorrow' };
    expect(parseThrottleSignals(broken, dialect, nowMs)).toEqual({ resetInMs: 600_000 });
  });
});

describe('the counts of a budget', () => {
  it.each(['x-ratelimit', 'x-rate-limit'])('are read from the spelling %s-*', (prefix) => {
    const headers = { [`${prefix}-limit`]: '100', [`${prefix}-remaining`]: '97' };
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({ limit: 100, remaining: 97 });
  });

  it('are read from quotes only in a quoting dialect', () => {
    const headers = { 'x-ratelimit-limit': '"50"', 'x-ratelimit-remaining': ' "0" ' };
    const quoting = xRateLimitDialect('epoch-seconds', { quoted: true });
    expect(parseThrottleSignals(headers, quoting, nowMs)).toEqual({ limit: 50, remaining: 0 });
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({});
  });

  it.each(['-1', '1e3', '0x10', '100, 100', 'many'])('are unknown for %j', (value) => {
    const headers = { 'x-ratelimit-limit': value, 'x-ratelimit-remaining': value };
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({});
  });
});

describe('the recorded sample of a throttled Automox answer', () => {
  it('gives both waits, the longer one bounded', () => {
    // Automox developer portal, API standards: the sample's reset lies 2,026 s after its own date.
    const headers = {
      date: httpDate(nowMs),
      'retry-after': '1',
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${nowSeconds + 2_026}`,
    };
    expect(parseThrottleSignals(headers, epoch, nowMs)).toEqual({
      retryAfterMs: 1_000,
      limit: 100,
      remaining: 0,
      resetInMs: 2_026_000,
    });
  });
});

describe('S18 any headers', () => {
  it('never make a wait outside 0 to two hours', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.double().map(String),
      fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'never' : date.toUTCString())),
    );
    const headers = fc.record({ date: value, 'retry-after': value, 'x-ratelimit-reset': value });
    fc.assert(
      fc.property(headers, fc.constantFrom(epoch, toGo), (given, dialect) => {
        const { retryAfterMs = 0, resetInMs = 0 } = parseThrottleSignals(given, dialect, nowMs);
        for (const waitMs of [retryAfterMs, resetInMs]) {
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(WAIT_MS_MAX);
        }
      }),
      { seed: 11, numRuns: 1_000 },
    );
  });
});
