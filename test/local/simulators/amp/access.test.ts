import { describe, expect, it } from 'vitest';
import { basic, createCloud } from './cloud.ts';

describe('AMP access', () => {
  it('takes the credential of the vendor’s own example', () => {
    const { call } = createCloud();
    expect(basic('1234:atest')).toBe('Basic MTIzNDphdGVzdA==');
    expect(call('GET', '/version').json()).toMatchObject({ version: 'v1.2.0', data: {} });
  });

  it.each([
    ['a wrong key', '1234:wrong'],
    ['an unknown client id', '9999:atest'],
    ['a pair without a colon', '1234'],
    ['nothing', ''],
  ])('answers 401 with a version of null to %s', (_, login) => {
    const { call } = createCloud();
    const reply = call('GET', '/computers', { login });
    expect(reply.status).toBe(401);
    expect(reply.json()).toEqual({
      version: null,
      data: {},
      errors: [
        {
          error_code: 401,
          description: 'Unauthorized',
          details: ['Unknown API key or Client ID'],
        },
      ],
    });
  });

  it('turns an old key away as soon as it is rotated, and everybody once it is revoked', () => {
    const { simulator, call } = createCloud();
    simulator.credentials.rotate('1234', 'new');
    expect(call('GET', '/version').status).toBe(401);
    expect(call('GET', '/version', { login: '1234:new' }).status).toBe(200);
    simulator.credentials.revoke('1234');
    expect(call('GET', '/version', { login: '1234:new' }).status).toBe(401);
    expect(() => simulator.credentials.revoke('1234')).toThrow(RangeError);
  });

  it('takes the same changes over its control endpoint', () => {
    const { simulator, call } = createCloud();
    const control = (change: object): number =>
      simulator.handle({
        method: 'POST',
        path: '/__simulator/credentials',
        body: Buffer.from(JSON.stringify(change)),
      }).status;
    expect(control({ add: { b: { apiKey: 'k', business: 'acme' } }, revoke: ['1234'] })).toBe(200);
    expect(call('GET', '/version', { login: 'b:k' }).status).toBe(200);
    expect(call('GET', '/version').status).toBe(401);
    expect(control({ revoke: ['nobody'] })).toBe(400);
  });

  it.each([401, 403] as const)('refuses a write of a read-only credential with %i', (status) => {
    const credentials = { r: { apiKey: 'k', business: 'acme', readOnly: true } };
    const { call, computer } = createCloud({ credentials, settings: { readOnlyStatus: status } });
    const path = `/computers/${computer().guid}`;
    expect(call('GET', path, { login: 'r:k' }).status).toBe(200);
    expect(call('OPTIONS', `${path}/isolation`, { login: 'r:k' }).status).toBe(204);
    expect(call('PUT', `${path}/isolation`, { login: 'r:k' }).status).toBe(status);
    expect(call('DELETE', path, { login: 'r:k' }).status).toBe(status);
    expect(call('GET', path, { login: 'r:k' }).status).toBe(200);
  });

  it('shows each business its own computers and events', () => {
    const credentials = {
      a: { apiKey: 'k', business: 'one' },
      b: { apiKey: 'k', business: 'two' },
    };
    const { call } = createCloud({ credentials });
    const guids = ['a:k', 'b:k'].flatMap((login) =>
      call('GET', '/computers', { login })
        .data<{ connector_guid: string }[]>()
        .map((row) => row.connector_guid),
    );
    expect(new Set(guids).size).toBe(80);
    expect(call('GET', `/computers/${guids[0]}`, { login: 'b:k' }).status).toBe(404);
  });
});
