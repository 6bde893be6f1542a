import { describe, expect, it } from 'vitest';
import { createConsole, ORG } from './console.ts';

describe('Automox access', () => {
  it('answers 401 to a key it does not know and to none', () => {
    const { call } = createConsole();
    for (const key of ['', 'wrong']) {
      const reply = call('GET', '/policies', { key });
      expect(reply.status).toBe(401);
      expect(reply.json()).toEqual({ errors: ['Unauthorized'] });
    }
  });

  it('turns an old key away as soon as it is rotated', () => {
    const { simulator, call } = createConsole();
    simulator.keys.rotate('automox-key', 'new-key');
    expect(call('GET', '/policies').status).toBe(401);
    expect(call('GET', '/policies', { key: 'new-key' }).status).toBe(200);
    simulator.keys.revoke('new-key');
    expect(call('GET', '/policies', { key: 'new-key' }).status).toBe(401);
    expect(() => simulator.keys.revoke('new-key')).toThrow(RangeError);
  });

  it('takes the same changes over its control endpoint', () => {
    const { simulator, call } = createConsole();
    const body = Buffer.from(JSON.stringify({ rotate: { 'automox-key': 'new-key' } }));
    const path = '/__simulator/keys';
    expect(simulator.handle({ method: 'POST', path, body }).status).toBe(200);
    expect(call('GET', '/policies', { key: 'new-key' }).status).toBe(200);
    expect(simulator.handle({ method: 'POST', path, body }).status).toBe(400);
  });

  it.each([
    ['another organization', 1, 403],
    ['text', 'acme', 400],
  ])('refuses o when it is %s', (_, o, status) => {
    const { call } = createConsole();
    expect(call('GET', '/policies', { query: { o } }).status).toBe(status);
  });

  it('answers a problem document about an organization that the key may not see', () => {
    const { call } = createConsole();
    expect(call('GET', '/policies', { query: { o: 1 } }).json()).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: 'You do not have access to this organization',
      instance: '/api/policies',
    });
  });

  it('means the default organization of the key when o is left out', () => {
    const { simulator } = createConsole();
    const headers = { authorization: 'Bearer automox-key' };
    expect(simulator.handle({ method: 'GET', path: '/api/policies', headers }).status).toBe(200);
  });

  it('keeps organizations apart and lists those of the key', () => {
    const keys = { 'automox-key': { accountId: 'acme', orgs: [ORG, 77] } };
    const { call } = createConsole({ keys });
    const orgs = call('GET', '/orgs').json<{ id: number; device_count: number }[]>();
    expect(orgs).toMatchObject([
      { id: ORG, device_count: 145 },
      { id: 77, device_count: 145 },
    ]);
    const idsOf = (o: number): number[] =>
      call('GET', '/servers', { query: { o, limit: 500, page: 0 } })
        .json<{ id: number }[]>()
        .map(({ id }) => id);
    expect(new Set([...idsOf(ORG), ...idsOf(77)]).size).toBe(290);
  });
});
