import { describe, expect, it } from 'vitest';
import { createConsole, ORG, STARTED_AT_MS } from './console.ts';

const BATCH = { devices: [1], actions: [{ attribute: 'tags', action: 'apply', value: ['x'] }] };
const LIST = { query: { limit: 1, page: 0 } };

describe('Automox limits', () => {
  it.each([
    { limit: 'account', requests: 100, windowMs: 1_000, method: 'GET', path: '/policystats' },
    {
      limit: 'servers.batch',
      requests: 5,
      windowMs: 60_000,
      method: 'POST',
      path: '/servers/batch',
    },
    { limit: 'unauthenticated', requests: 15, windowMs: 1_000, method: 'GET', path: '/orgs' },
  ])(
    '$limit: $requests in $windowMs ms, one more is 429 until the first is a window old',
    (row) => {
      const { simulator, call, wait } = createConsole();
      const key = row.limit === 'unauthenticated' ? '' : 'automox-key';
      const send = () => call(row.method, row.path, { key, body: BATCH }).status;
      const first = Array.from({ length: row.requests }, send);
      expect(new Set(first)).toEqual(new Set([key === '' ? 401 : 200]));
      wait(row.windowMs - 1);
      expect(send()).toBe(429);
      wait(1);
      expect(send()).toBe(first[0]);
      expect(simulator.audit().limits[row.limit]).toMatchObject({
        limit: row.requests,
        windowMs: row.windowMs,
        fullest: row.requests + 1,
        arrivals: row.requests + 2,
        refused: 1,
      });
    },
  );

  it('locks GET /servers for a minute once 30 came within one', () => {
    const { call, wait } = createConsole();
    for (let sent = 1; sent <= 29; sent++) expect(call('GET', '/servers', LIST).status).toBe(200);
    wait(30_000);
    expect(call('GET', '/servers', LIST)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '60' },
    });
    wait(59_999);
    expect(call('GET', '/servers', LIST).status).toBe(429);
    wait(1);
    expect(call('GET', '/servers', LIST).status).toBe(200);
  });

  it('does not count GET /servers/{id} under the limit of the listing', () => {
    const { simulator, call, device } = createConsole();
    call('GET', `/servers/${device(0).id}`);
    expect(simulator.audit().limits['servers.list']?.arrivals).toBe(0);
  });

  it('counts all keys of an account together, and each account apart', () => {
    const acme = { accountId: 'acme', orgs: [ORG] };
    const keys = { a: acme, b: acme, c: { accountId: 'other', orgs: [ORG] } };
    const { call } = createConsole({ keys });
    const send = (key: string) => call('POST', '/servers/batch', { key, body: BATCH }).status;
    expect(['a', 'b', 'a', 'b', 'a'].map(send)).toEqual([200, 200, 200, 200, 200]);
    expect(['b', 'c'].map(send)).toEqual([429, 200]);
  });

  it('counts requests without a valid key by address', () => {
    const { call } = createConsole();
    const send = (ip: string) => call('GET', '/orgs', { key: 'wrong', ip }).status;
    for (let sent = 1; sent <= 15; sent++) expect(send('10.0.0.1')).toBe(401);
    expect(send('10.0.0.1')).toBe(429);
    expect(send('10.0.0.2')).toBe(401);
  });

  it('tells of the budget of 100 in every answer, also when a limit of a minute refuses', () => {
    const { call } = createConsole();
    const send = () => call('POST', '/servers/batch', { body: BATCH });
    const { headers } = send();
    expect(headers).toMatchObject({
      date: new Date(STARTED_AT_MS).toUTCString(),
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '99',
      'x-ratelimit-reset': String(STARTED_AT_MS / 1_000 + 1),
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(headers['retry-after']).toBeUndefined();
    const refused = [send(), send(), send(), send(), send()].at(-1);
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'x-ratelimit-remaining': '95', 'retry-after': '60' },
    });
  });

  it('leaves retry-after out when it is told to', () => {
    const { simulator, call } = createConsole();
    const sendMany = () => Array.from({ length: 6 }, () => call('POST', '/servers/batch'));
    expect(sendMany().at(-1)?.headers['retry-after']).toBe('60');
    simulator.configure({ retryAfter: false });
    expect(sendMany().at(-1)?.headers['retry-after']).toBeUndefined();
  });

  it('shrinks every window by the scale', () => {
    const { call, wait } = createConsole({ windowScale: 1 / 60 });
    const send = () => call('POST', '/servers/batch', { body: BATCH }).status;
    expect(Array.from({ length: 6 }, send).at(-1)).toBe(429);
    wait(1_000);
    expect(send()).toBe(200);
  });

  it('lists each write with its effect, which proves how often it happened', () => {
    const { simulator, call } = createConsole();
    const [policy] = simulator.org(ORG).policies.keys();
    const body = { action: 'remediateAll' };
    call('POST', `/policies/${policy}/action`, { body });
    call('POST', `/policies/${policy}/action`, { body: { action: 'nonsense' } });
    expect(simulator.audit().writes).toMatchObject([
      { operation: 'POST /policies/:id/action', status: 201, effects: 1 },
      { operation: 'POST /policies/:id/action', status: 400, effects: 0 },
    ]);
  });
});
