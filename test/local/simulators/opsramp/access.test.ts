import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

interface TokenBody {
  readonly access_token: string;
  readonly expires_in: string | number;
}

describe('OpsRamp tokens', () => {
  it.each(['/auth/oauth/token', '/tenancy/auth/oauth/token'])('are given at %s', (path) => {
    const { askToken, call } = createClientTenant();
    const reply = askToken({}, path);
    expect(reply.status).toBe(200);
    expect(reply.json()).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{36}$/),
      token_type: 'bearer',
      expires_in: '7199',
      scope: 'global:manage',
    });
    const token = reply.json<TokenBody>().access_token;
    expect(call('GET', '/resources/minimal', { token }).status).toBe(200);
  });

  it('are given only at the path that the settings leave', () => {
    const { simulator, askToken } = createClientTenant();
    simulator.configure({ tokenPaths: ['/tenancy/auth/oauth/token'] });
    expect(askToken().status).toBe(404);
    expect(askToken({}, '/tenancy/auth/oauth/token').status).toBe(200);
  });

  it('come back the same with what is left of their life, as text or as a number', () => {
    const { simulator, askToken, token, wait } = createClientTenant();
    wait(3_600_000);
    expect(askToken().json()).toMatchObject({ access_token: token, expires_in: '3599' });
    simulator.configure({ expiresInAs: 'number' });
    expect(askToken().json()).toMatchObject({ access_token: token, expires_in: 3_599 });
  });

  it('are new each time when the settings say so', () => {
    const { askToken, token } = createClientTenant({ settings: { tokenReuse: false } });
    expect(askToken().json<TokenBody>().access_token).not.toBe(token);
  });

  it.each([
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['an unknown key', { client_id: 'wrong' }, 401, 'unauthorized'],
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'unauthorized'],
  ])('are refused for %s', (_, form, status, error) => {
    const { askToken } = createClientTenant();
    const reply = askToken(form);
    expect(reply.status).toBe(status);
    expect(reply.json()).toMatchObject({ error });
  });

  it('are refused when the form is not one', () => {
    const { simulator } = createClientTenant();
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from('{"grant_type":"client_credentials"}');
    const path = '/auth/oauth/token';
    expect(simulator.handle({ method: 'POST', path, headers, body }).status).toBe(400);
  });

  it('end with 407 to the millisecond of their life, and another one works', () => {
    const { askToken, call, wait } = createClientTenant();
    wait(7_199_999);
    expect(call('GET', '/resources/minimal').status).toBe(200);
    wait(1);
    const late = call('GET', '/resources/minimal');
    expect(late.status).toBe(407);
    expect(late.json()).toMatchObject({ error: 'invalid_token' });
    const token = askToken().json<TokenBody>().access_token;
    expect(call('GET', '/resources/minimal', { token }).status).toBe(200);
  });

  it('end at once when they are told to', () => {
    const { simulator, call } = createClientTenant();
    simulator.credentials.expireTokens();
    expect(call('GET', '/resources/minimal').status).toBe(407);
  });
});

describe('OpsRamp access', () => {
  it('answers 401 to a token it never gave, and to that of a revoked credential', () => {
    const { simulator, call } = createClientTenant();
    expect(call('GET', '/resources/minimal', { token: 'made-up' }).status).toBe(401);
    simulator.credentials.revoke('opsramp-key');
    expect(call('GET', '/resources/minimal').status).toBe(401);
    expect(() => simulator.credentials.revoke('opsramp-key')).toThrow(RangeError);
  });

  it('knows a tenant by its unique id and by its UUID, and no other tenant', () => {
    const { simulator, call } = createClientTenant();
    const { uuid } = simulator.tenant(CLIENT);
    expect(call('GET', `/api/v2/tenants/${uuid}`).json()).toMatchObject({ uniqueId: CLIENT });
    expect(call('GET', '/api/v2/tenants/client_7').status).toBe(401);
  });

  it('answers 410 for a tenant that is deactivated, which its control endpoint can do', () => {
    const { simulator, call } = createClientTenant();
    const body = Buffer.from(JSON.stringify({ [CLIENT]: 'deactivated' }));
    simulator.handle({ method: 'POST', path: '/__simulator/tenants', body });
    const reply = call('GET', '/resources/minimal');
    expect(reply.status).toBe(410);
    expect(reply.json()).toMatchObject({ error: 'gone' });
  });

  it('lets a partner act in its clients, and a client in no other', () => {
    const credentials = {
      'opsramp-key': { secret: 'opsramp-secret', tenants: ['msp_1'] },
    };
    const tenants = { msp_1: {}, client_42: { partner: 'msp_1' }, client_7: {} };
    const { call } = createClientTenant({ credentials, tenants });
    expect(call('GET', '').status).toBe(200);
    expect(call('GET', '/api/v2/tenants/client_7').status).toBe(401);
    expect(call('GET', '/api/v2/tenants/msp_1/clients/minimal').json()).toEqual([
      { uniqueId: 'client_42', name: 'Tenant 42' },
    ]);
  });

  it('changes credentials over its control endpoint', () => {
    const { simulator, askToken, call } = createClientTenant();
    const control = (change: object) =>
      simulator.handle({
        method: 'POST',
        path: '/__simulator/credentials',
        body: Buffer.from(JSON.stringify(change)),
      }).status;
    expect(control({ rotate: { 'opsramp-key': 'new' }, expireTokens: true })).toBe(200);
    expect(call('GET', '').status).toBe(407);
    expect(askToken().status).toBe(401);
    expect(askToken({ client_secret: 'new' }).status).toBe(200);
    expect(control({ add: { k: { secret: 's', tenants: [CLIENT] } } })).toBe(200);
    expect(askToken({ client_id: 'k', client_secret: 's' }).status).toBe(200);
    expect(control({ revoke: ['nobody'] })).toBe(400);
  });
});
