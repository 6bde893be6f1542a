import { describe, expect, it } from 'vitest';
import { createCloud, STARTED_AT_MS } from './cloud.ts';

describe('AMP rate-limit headers', () => {
  it('tell of the same instant as seconds to go and as a date, which stays', () => {
    const { call, wait } = createCloud({ settings: { window: 'anchored' } });
    const look = () => call('GET', '/version').headers;
    expect(look()).toMatchObject({
      date: new Date(STARTED_AT_MS).toUTCString(),
      'x-ratelimit-limit': '3000',
      'x-ratelimit-remaining': '2999',
      'x-ratelimit-reset': '3599',
      'x-ratelimit-resetdate': '2026-03-28T16:52:47Z',
    });
    wait(1_000_500);
    expect(look()).toMatchObject({
      'x-ratelimit-reset': '2599',
      'x-ratelimit-resetdate': '2026-03-28T16:52:47Z',
    });
    expect(look()['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('name an instant at which a refused client is let in again', () => {
    const { call, wait } = createCloud({ settings: { limit: 2 } });
    wait(400);
    call('GET', '/version');
    wait(90_000);
    call('GET', '/version');
    const { status, headers } = call('GET', '/version');
    expect(status).toBe(429);
    wait(Date.parse(headers['x-ratelimit-resetdate'] ?? '') - STARTED_AT_MS - 90_400);
    expect(call('GET', '/version').status).toBe(200);
  });

  it.each([
    ['recorded', ['limit', 'remaining', 'reset', 'resetdate'].map((n) => `x-ratelimit-${n}`)],
    ['documented', ['limit', 'remaining', 'reset'].map((name) => `x-rate-limit-${name}`)],
    ['missing', []],
  ] as const)('are spelled as %s', (rateHeaders, names) => {
    const { call } = createCloud({ settings: { rateHeaders } });
    const sent = Object.keys(call('GET', '/version').headers);
    expect(sent.filter((name) => name.includes('limit'))).toEqual(names);
  });
});

describe('AMP 429', () => {
  it.each([
    ['envelope', { version: 'v1.2.0', errors: [{ error_code: 429 }] }],
    ['message', { error: { message: 'The limit of requests is exceeded' } }],
  ] as const)('has a body like %s', (throttledBody, body) => {
    const { call } = createCloud({ settings: { limit: 1, throttledBody } });
    call('GET', '/version');
    expect(call('GET', '/version').json()).toMatchObject(body);
  });

  it('has no body when told so', () => {
    const { call } = createCloud({ settings: { limit: 1, throttledBody: 'empty' } });
    call('GET', '/version');
    expect(call('GET', '/version')).toMatchObject({ status: 429, text: '' });
  });

  it.each([
    ['absent', undefined],
    ['seconds', '3590'],
    ['date', 'Sat, 28 Mar 2026 16:52:47 GMT'],
  ] as const)('names its wait as %s', (retryAfter, header) => {
    const { simulator, call, wait } = createCloud({ settings: { limit: 1 } });
    simulator.configure({ retryAfter });
    call('GET', '/version');
    wait(10_000);
    expect(call('GET', '/version').headers['retry-after']).toBe(header);
  });
});
