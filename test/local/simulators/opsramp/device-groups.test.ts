import { describe, expect, it } from 'vitest';
import { CLIENT, createClientTenant } from './client-tenant.ts';

describe('OpsRamp device groups and attributes', () => {
  it('have unique names, and an update by id', () => {
    const { call } = createClientTenant();
    const put = (row: object) => call('POST', '/deviceGroups', { body: [row] });
    const [group] = put({ name: 'Web' }).json<{ id: string }[]>();
    expect(put({ name: 'Web' }).status).toBe(400);
    expect(put({ name: 'Web servers', id: group?.id }).status).toBe(200);
    expect(put({ name: 'Other', id: 'DGP-none' }).status).toBe(500);
    expect(call('GET', '/deviceGroups/minimal').json()).toContainEqual({
      id: group?.id,
      name: 'Web servers',
    });
  });

  it('find a new parent not ready as often as the settings say', () => {
    const { call } = createClientTenant({ settings: { parentNotReadyTimes: 2 } });
    const put = (row: object) => call('POST', '/deviceGroups', { body: [row] });
    const [parent] = put({ name: 'Parent' }).json<{ id: string }[]>();
    const replies = [1, 2, 3].map(() => put({ name: 'Child', parent: { id: parent?.id } }));
    expect(replies.map(({ status }) => status)).toEqual([500, 500, 200]);
    expect(replies[0]?.json()).toMatchObject({ code: '0005' });
  });

  it('find a new resource not ready for its templates', () => {
    const { call } = createClientTenant({ settings: { parentNotReadyTimes: 1 } });
    const { resourceUUID } = call('POST', '/resources', {
      body: { hostName: 'new', resourceType: 'Linux' },
    }).json<{ resourceUUID: string }>();
    const assign = () =>
      call('POST', `/resources/${resourceUUID}/templates`, { body: [{ id: 'TPL-1' }] }).status;
    expect([assign(), assign()]).toEqual([500, 200]);
  });

  it('take children and let them go', () => {
    const { simulator, call, server } = createClientTenant();
    const body = [{ id: server().id, type: 'DEVICE' }];
    const group = () => simulator.tenant(CLIENT).shelves.deviceGroups.get('DGP-1');
    expect(call('POST', '/deviceGroups/DGP-1/childs', { body }).text).toBe('');
    expect(group()).toMatchObject({ children: [server().id] });
    call('DELETE', '/deviceGroups/DGP-1/childs', { body });
    expect(group()).toMatchObject({ children: [] });
  });

  it('tag devices with a value, tell of unknown ones inside a success, spelt by method', () => {
    const { call, server } = createClientTenant();
    const path = '/customAttributes/7001/values/7101/devices';
    const body = [{ id: server().id }, { id: 'none' }];
    const failure = { none: 'Device not found' };
    expect(call('POST', path, { body }).json()).toEqual({
      failedEntities: failure,
      failedCount: 1,
      successCount: 1,
    });
    const tag = { name: 'environment', value: 'production' };
    expect(server().tags.filter(({ name }) => name === tag.name)).toEqual([tag]);
    expect(call('DELETE', path, { body }).json()).toEqual({
      FailedEntities: failure,
      FailedCount: 1,
      SuccessCount: 1,
    });
    expect(server().tags).not.toContainEqual(tag);
  });

  it('are defined by name and values', () => {
    const { call } = createClientTenant();
    const body = { name: 'owner', customAttributeValues: [{ value: 'finance' }] };
    const { id } = call('POST', '/customAttributes', { body }).json<{ id: string }>();
    const query = { queryString: 'name:owner' };
    expect(call('GET', '/customAttributes/search', { query }).json()).toMatchObject({
      results: [{ id, name: 'owner', customAttributeValues: [{ value: 'finance' }] }],
    });
  });
});
