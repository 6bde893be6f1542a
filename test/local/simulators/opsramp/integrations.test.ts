import { describe, expect, it } from 'vitest';
import { createClientTenant } from './client-tenant.ts';

interface Rows {
  readonly results: readonly Record<string, unknown>[];
}

describe('OpsRamp integrations', () => {
  const install = (call: ReturnType<typeof createClientTenant>['call'], authType: string) =>
    call('POST', '/integrations/install/CUSTOM', {
      body: {
        displayName: 'Sluice',
        category: 'CUSTOM',
        inboundConfig: { authentication: { authType } },
      },
    });

  it.each([
    ['OAUTH2', 'apiKeyPairs'],
    ['WEBHOOK', 'webhookUrl'],
  ])('with %s show %s once', (authType, secret) => {
    const { call } = createClientTenant();
    const made = install(call, authType).json();
    expect(made).toMatchObject({ id: expect.stringMatching(/^INTG-/) });
    expect(made).toHaveProperty(secret);
    const query = { queryString: 'displayName:Sluice' };
    const { results } = call('GET', '/integrations/installed/search', { query }).json<Rows>();
    expect(results).toHaveLength(1);
    expect(results[0]).not.toHaveProperty(secret);
  });

  it('are refused without a known authentication', () => {
    const { call } = createClientTenant();
    expect(install(call, 'MAGIC').status).toBe(400);
  });

  it('answer 422 when they are enabled or disabled already', () => {
    const { call } = createClientTenant();
    const turn = (verb: string) => call('POST', `/integrations/installed/INTG-1/${verb}`).status;
    expect([turn('enable'), turn('disable'), turn('disable'), turn('enable')]).toEqual([
      ...[422, 200, 422, 200],
    ]);
  });

  it('have events, for which a new one may not be ready', () => {
    const { call } = createClientTenant({ settings: { parentNotReadyTimes: 1 } });
    const { id } = install(call, 'WEBHOOK').json<{ id: string }>();
    const path = `/integrations/installed/${id}`;
    const body = { name: 'alerts', entity: 'ALERT', eventType: 'CREATE' };
    const create = (given: object) => call('POST', `${path}/event`, { body: given });
    expect(create(body).json()).toMatchObject({ code: '0005' });
    const event = create(body).json<{ id: string }>();
    expect(create({ ...body, entity: 'COLOUR' }).status).toBe(400);
    expect(call('GET', `${path}/events`).json()).toMatchObject([{ ...body, id: event.id }]);
    const turn = (verb: string) => call('POST', `${path}/event/${event.id}/${verb}`).status;
    expect([turn('deactivate'), turn('deactivate'), turn('activate')]).toEqual([200, 422, 200]);
  });

  it('tell of their activity', () => {
    const { call } = createClientTenant();
    const query = { queryString: 'status:FAILED' };
    expect(call('GET', '/integrations/activity', { query }).json()).toMatchObject({
      totalResults: 1,
    });
  });
});
