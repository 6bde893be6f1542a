import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

const HOST = { hostName: 'new-host', resourceType: 'Linux', extResourceId: 'cmdb-7' };

describe('OpsRamp resources', () => {
  it('are created without a look at what is there: twice makes two', () => {
    const { simulator, call } = createClientTenant();
    const create = () => call('POST', '/resources', { body: HOST });
    expect(create().json()).toEqual({
      resourceUUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenantID: simulator.tenant(CLIENT).uuid,
    });
    create();
    const query = { queryString: 'hostName:new-host' };
    const page = call('GET', '/resources/search', { query }).json();
    const row = { ...HOST, state: 'active', createdDate: '2026-03-28T15:52:47+0000' };
    expect(page).toMatchObject({ totalResults: 2, results: [row, row] });
  });

  it('name each mandatory field that is missing', () => {
    const { call } = createClientTenant();
    expect(call('POST', '/resources', { body: {} }).json()).toEqual([
      { code: '0002', fieldName: 'hostName', message: 'is mandatory' },
      { code: '0002', fieldName: 'resourceType', message: 'is mandatory' },
    ]);
  });

  it('show their names one level deeper alone than in a listing', () => {
    const { call, server } = createClientTenant();
    const { id, hostName, ipAddress } = server();
    const detail = call('GET', `/resources/${id}`).json();
    expect(detail).toMatchObject({ id, generalInfo: { hostName, ipAddresses: ipAddress } });
    expect(detail).not.toHaveProperty('hostName');
  });

  it('take an update with an empty answer, and change nothing else', () => {
    const { call, server, wait } = createClientTenant();
    const { id, hostName } = server();
    wait(5_000);
    const body = { aliasName: 'Rack 9', id: 'other', state: 'inactive' };
    expect(call('POST', `/resources/${id}`, { body })).toMatchObject({ status: 200, text: '' });
    expect(server()).toMatchObject({
      ...{ id, hostName, aliasName: 'Rack 9', state: 'active' },
      updatedDate: '2026-03-28T15:52:52+0000',
    });
    expect(call('POST', `/resources/${id}`, { body: { state: 'inactive' } }).status).toBe(400);
  });

  it('are decommissioned and deleted', () => {
    const { simulator, call, server } = createClientTenant();
    const { id } = server();
    call('POST', `/resources/${id}/decommission`, { body: { reason: 'gone' } });
    expect(simulator.tenant(CLIENT).resources.get(id)?.state).toBe('inactive');
    expect(call('DELETE', `/resources/${id}`)).toMatchObject({ status: 200, text: '' });
    const again = call('DELETE', `/resources/${id}`);
    expect(again.status).toBe(500);
    expect(again.json()).toMatchObject({ code: '0003' });
  });

  it('list bare arrays where the vendor does', () => {
    const { call, server } = createClientTenant();
    const query = { queryString: `id:${server().id}` };
    expect(call('GET', '/resources/minimal', { query }).json()).toEqual([
      expect.objectContaining({ id: server().id, hostName: server().hostName }),
    ]);
    expect(call('GET', `/resources/${server().id}/applications`).json()).toEqual(
      expect.arrayContaining([expect.objectContaining({ status: 'UP' })]),
    );
  });

  it('tell their availability between two epoch seconds', () => {
    const { call, server } = createClientTenant();
    const path = `/resources/${server().id}/availability`;
    expect(call('GET', path).status).toBe(400);
    const query = { startTime: 1_000, endTime: 2_000 };
    expect(call('GET', path, { query }).json()).toMatchObject({ availability: '100.0' });
  });

  it('refuse a body that is no JSON, or is not said to be', () => {
    const { simulator, token } = createClientTenant();
    const path = `/api/v2/tenants/${CLIENT}/resources`;
    const send = (type: string, text: string) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type };
      return simulator.handle({ method: 'POST', path, headers, body: Buffer.from(text) }).status;
    };
    expect(send('application/json', '{"hostName":')).toBe(400);
    expect(send('application/json', '[]')).toBe(400);
    expect(send('text/plain', JSON.stringify(HOST))).toBe(400);
    expect(send('application/json', JSON.stringify(HOST))).toBe(200);
  });
});
