import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

interface Rows {
  readonly results: readonly Record<string, unknown>[];
}

describe('OpsRamp knowledge base', () => {
  it('creates, changes, comments on and deletes an article', () => {
    const { call } = createClientTenant();
    const body = { subject: 'VPN', content: 'Restart it' };
    const { id } = call('POST', '/kb/article', { body }).json<{ id: string }>();
    expect(id).toMatch(/^KB\d{10}$/);
    const change = { content: 'Wait', id: 'other' };
    expect(call('POST', `/kb/article/${id}`, { body: change }).json()).toMatchObject({
      ...{ id, subject: 'VPN', content: 'Wait' },
    });
    call('POST', `/kb/article/${id}/comment`, { body: { comment: 'Thanks' } });
    expect(call('GET', `/kb/article/${id}/comments`).json()).toMatchObject([{ comment: 'Thanks' }]);
    const query = { queryString: 'subject:VPN' };
    expect(call('GET', '/kb/articles/search', { query }).json()).toMatchObject({ totalResults: 1 });
    expect(call('DELETE', `/kb/article/${id}/delete`)).toMatchObject({ status: 200, text: '' });
    expect(call('GET', `/kb/article/${id}`).status).toBe(500);
    expect(call('POST', '/kb/article', { body: {} }).status).toBe(400);
  });

  it('lists 20 categories a page', () => {
    const { call } = createClientTenant();
    expect(call('GET', '/kb/categories/search').json()).toMatchObject({ pageSize: 20 });
  });
});

describe('OpsRamp monitoring', () => {
  it('gives templates to a resource and takes them away, by ids in text', () => {
    const { call, server } = createClientTenant();
    const path = `/resources/${server().id}/templates`;
    const names = () =>
      call('GET', `${path}/search`)
        .json<Rows>()
        .results.map(({ name }) => name);
    expect(call('POST', path, { body: [{ id: 'TPL-1' }] })).toMatchObject({
      status: 200,
      text: '',
    });
    expect(names()).toEqual(['Linux OS']);
    call('DELETE', path, { body: [{ id: 'TPL-1' }] });
    expect(names()).toEqual([]);
    expect(call('POST', path, { body: [{ id: 1 }] }).status).toBe(400);
    expect(call('POST', path, { body: [{ id: 'none' }] }).status).toBe(500);
    const query = { queryString: 'scope:GLOBAL' };
    expect(call('GET', '/monitoring/templates/search', { query }).json()).toMatchObject({
      totalResults: 1,
    });
  });

  it('makes and updates monitors by UUID, and lists those that failed', () => {
    const { call } = createClientTenant();
    const send = (body: object[]) => call('POST', '/resourceMonitors', { body }).json();
    const good = { name: 'ping', uuid: 'u-1' };
    expect(send([good, { name: 'bad' }])).toEqual({
      failedCount: 1,
      failedList: [{ name: 'bad' }],
      updatedCount: 0,
      createdCount: 1,
    });
    expect(send([good])).toMatchObject({ updatedCount: 1, createdCount: 0 });
  });
});

describe('OpsRamp tenancy', () => {
  it('suspends and terminates a client of a partner, which is then gone', () => {
    const credentials = { 'opsramp-key': { secret: 'opsramp-secret', tenants: ['msp_1'] } };
    const tenants = { msp_1: {}, client_42: { partner: 'msp_1', name: 'Acme' } };
    const { call } = createClientTenant({ credentials, tenants });
    const msp = '/api/v2/tenants/msp_1/clients';
    const act = (action: string) => call('POST', `${msp}/${CLIENT}/${action}`).status;
    expect([act('suspend'), act('activate'), act('explode')]).toEqual([200, 200, 400]);
    expect(
      call('GET', `${msp}/search`, { query: { queryString: 'name:Acme' } }).json(),
    ).toMatchObject({ results: [{ uniqueId: CLIENT, activated: true }] });
    act('terminate');
    expect(call('GET', '/users/search').status).toBe(410);
    expect(call('POST', `${msp}/client_9/suspend`).status).toBe(500);
  });

  it('deactivates users with a reason, and moves them in and out of groups', () => {
    const { simulator, call } = createClientTenant();
    const user = 'USR0000000001';
    const act = (verb: string, body: object) =>
      call('POST', `/users/${user}/${verb}`, { body }).status;
    expect([act('deactivate', {}), act('promote', {})]).toEqual([400, 400]);
    expect(act('deactivate', { deactivateReason: 'left' })).toBe(200);
    const query = { queryString: 'status:Inactive' };
    expect(call('GET', '/users/search', { query }).json()).toMatchObject({ totalResults: 1 });
    const members = () => simulator.tenant(CLIENT).shelves.userGroups.get('UG-1')?.['users'];
    const change = (method: string, id: string) =>
      call(method, '/userGroups/UG-1/users', { body: [{ id }] }).status;
    expect([change('POST', user), change('POST', 'none')]).toEqual([200, 500]);
    expect(members()).toEqual([user]);
    change('DELETE', user);
    expect(members()).toEqual([]);
  });

  it('keeps notes, of which an expiring one needs its times', () => {
    const { call } = createClientTenant();
    const body = { subject: 'Move', description: 'On Monday', expiryDateType: 1 };
    const create = (change: object) =>
      call('POST', '/notes', { body: { ...body, ...change } }).status;
    expect([create({}), create({ expiryDateType: 2 })]).toEqual([200, 400]);
    const times = { startTime: '2026-03-28 10:00:00', expiryTime: '2026-03-29 10:00:00' };
    expect(create({ expiryDateType: 2, ...times })).toBe(200);
  });
});
