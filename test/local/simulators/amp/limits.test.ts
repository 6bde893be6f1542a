import { describe, expect, it } from 'vitest';
import { createCloud } from './cloud.ts';

const HOUR_MS = 3_600_000;

describe('AMP limit', () => {
  it('holds 3,000 in any hour: one more is 429 until the first is an hour old', () => {
    const { simulator, call, wait } = createCloud();
    const send = () => call('GET', '/version').status;
    expect(send()).toBe(200);
    wait(1_000);
    for (let sent = 2; sent <= 3_000; sent++) send();
    wait(HOUR_MS - 1_001);
    expect(send()).toBe(429);
    wait(1);
    expect([send(), send()]).toEqual([200, 429]);
    expect(simulator.audit().limits['business']).toMatchObject({
      limit: 3_000,
      windowMs: HOUR_MS,
      fullest: 3_002,
      arrivals: 3_003,
      refused: 2,
    });
  });

  it('frees a whole hour at once when it is anchored, and audits the sliding count', () => {
    const { simulator, call, wait } = createCloud({ settings: { limit: 3, window: 'anchored' } });
    const send = () => call('GET', '/version').status;
    wait(5_000);
    const sent = [send()];
    wait(HOUR_MS - 1_000);
    sent.push(send(), send(), send());
    wait(1_000);
    sent.push(send(), send(), send(), send());
    expect(sent).toEqual([200, 200, 200, 429, 200, 200, 200, 429]);
    expect(simulator.audit().limits['business']).toMatchObject({ limit: 3, fullest: 7 });
  });

  it('counts every answer, whatever its status', () => {
    const { call, computer } = createCloud();
    const { guid } = computer(({ isolation }) => !isolation.available);
    const remaining = [
      call('GET', '/version'),
      call('GET', '/computers/unknown'),
      call('PUT', `/computers/${guid}/isolation`),
      call('GET', '/computers', { query: { surprise: 1 } }),
      call('OPTIONS', `/computers/${guid}/isolation`),
    ].map(({ status, headers }) => [status, headers['x-ratelimit-remaining']]);
    expect(remaining).toEqual([
      [200, '2999'],
      [404, '2998'],
      [409, '2997'],
      [400, '2996'],
      [204, '2995'],
    ]);
  });

  it('counts rejected credentials apart, each by its client id or address', () => {
    const { simulator, call } = createCloud({ settings: { limit: 2 } });
    const reject = (login: string, ip = '10.0.0.1') => call('GET', '/version', { login, ip });
    const statuses = [reject('x:1'), reject('x:2'), reject('x:3'), reject('y:1'), reject('')];
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 429, 401, 401]);
    expect(reject('y:1').headers['x-ratelimit-remaining']).toBe('0');
    expect(call('GET', '/version').headers['x-ratelimit-remaining']).toBe('1');
    expect(Object.keys(simulator.audit().limits['rejected']?.scopes ?? {})).toEqual([
      'x',
      'y',
      '10.0.0.1',
    ]);
  });

  it.each([
    ['business', 429],
    ['credential', 200],
  ] as const)('counts by %s: the second credential gets %i', (countedBy, status) => {
    const credentials = {
      a: { apiKey: 'k', business: 'acme' },
      b: { apiKey: 'k', business: 'acme' },
    };
    const { call } = createCloud({ credentials, settings: { limit: 1, countedBy } });
    call('GET', '/version', { login: 'a:k' });
    expect(call('GET', '/version', { login: 'b:k' }).status).toBe(status);
  });

  it('shrinks the hour by the scale', () => {
    const { call, wait } = createCloud({ windowScale: 1 / 3_600, settings: { limit: 1 } });
    const send = () => call('GET', '/version').status;
    expect([send(), send()]).toEqual([200, 429]);
    wait(1_000);
    expect(send()).toBe(200);
  });
});
