import { describe, expect, it } from 'vitest';
import { createConsole, ORG } from './console.ts';

interface Row {
  readonly id: number;
  readonly total_count: number;
  readonly detail: object;
  readonly policy_status: readonly { readonly result: string }[];
}

const page = (limit: number, number: number) => ({ query: { limit, page: number } });

describe('Automox GET /servers', () => {
  it.each([
    { devices: 145, lengths: [50, 50, 45] },
    { devices: 150, lengths: [50, 50, 50, 0] },
  ])('gives $devices devices by 50 as pages of $lengths', ({ devices, lengths }) => {
    const { call } = createConsole({ fleet: { devices } });
    const pages = lengths.map((_, number) => call('GET', '/servers', page(50, number)));
    expect(pages.map(({ status }) => status)).toEqual(lengths.map(() => 200));
    const rows = pages.map((reply) => reply.json<Row[]>());
    expect(rows.map(({ length }) => length)).toEqual(lengths);
    expect(new Set(rows.flat().map(({ id }) => id)).size).toBe(devices);
    expect(rows[0]?.[0]?.total_count).toBe(devices);
  });

  it.each([
    ['no limit', { page: 0 }],
    ['no page', { limit: 10 }],
    ['limit 0', { limit: 0, page: 0 }],
    ['limit 501', { limit: 501, page: 0 }],
    ['a negative page', { limit: 10, page: -1 }],
    ['text for a limit', { limit: 'many', page: 0 }],
    ['true for a flag', { limit: 1, page: 0, pending: 'true' }],
    ['another patchStatus', { limit: 1, page: 0, patchStatus: 'present' }],
  ])('refuses %s', (_, query: Record<string, string | number>) => {
    const { call } = createConsole();
    const reply = call('GET', '/servers', { query });
    expect(reply.status).toBe(400);
    expect(reply.json()).toEqual({ errors: [expect.any(String)] });
  });

  it.each([
    ['pending', 1, 'pending', true],
    ['pending', 0, 'pending', false],
    ['exception', 1, 'exception', true],
    ['managed', 1, 'is_managed', true],
    ['managed', 0, 'is_managed', false],
  ])('filters by %s=%i', (name, flag, field, value) => {
    const { simulator, call } = createConsole();
    const query = { limit: 500, page: 0, [name]: flag };
    const rows = call('GET', '/servers', { query }).json<Record<string, unknown>[]>();
    const wanted = [...simulator.org(ORG).devices.values()].filter(
      (device) => Object.entries(device).find(([key]) => key === field)?.[1] === value,
    );
    expect(rows.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(wanted.length).toBeGreaterThan(0);
  });

  it('filters by group, by policy and by missing patches', () => {
    const { simulator, call } = createConsole();
    const { devices, policies } = simulator.org(ORG);
    const [policy] = policies.values();
    const groups = policy?.server_groups ?? [];
    const count = (query: Record<string, number | string>): number =>
      call('GET', '/servers', { query: { limit: 500, page: 0, ...query } }).json<Row[]>().length;
    const fleet = [...devices.values()];
    const inGroups = (ids: readonly number[]): number =>
      fleet.filter((device) => ids.includes(device.server_group_id)).length;
    expect(groups).toHaveLength(2);
    expect(count({ groupId: groups[0] ?? 0 })).toBe(inGroups(groups.slice(0, 1)));
    expect(count({ policyId: policy?.id ?? 0 })).toBe(inGroups(groups));
    expect(count({ patchStatus: 'missing' })).toBe(fleet.filter((row) => row.patches > 0).length);
    expect(count({ groupId: 5 })).toBe(0);
  });

  it('leaves details out unless they are asked for, and policy status in unless they are not', () => {
    const { call } = createConsole();
    const rows = (query: Record<string, number>): Row[] =>
      call('GET', '/servers', { query: { limit: 145, page: 0, ...query } }).json<Row[]>();
    expect(rows({}).every(({ detail }) => Object.keys(detail).length === 0)).toBe(true);
    expect(rows({ include_details: 1 })[0]?.detail).toHaveProperty('MODEL');
    expect(rows({}).some(({ policy_status }) => policy_status[0]?.result === '{}')).toBe(true);
    const without = rows({ exclude_policy_status: 1 });
    expect(without.every(({ policy_status }) => policy_status.length === 0)).toBe(true);
  });
});

describe('Automox /servers/{id}', () => {
  it('finds a device by id and by UUID', () => {
    const { call, device } = createConsole();
    const { id, uuid } = device(3);
    expect(call('GET', `/servers/${id}`).json<Row>().id).toBe(id);
    expect(call('GET', `/servers/${uuid}`).json<Row>().id).toBe(id);
    expect(call('GET', '/servers/1').status).toBe(404);
  });

  it('replaces tags and name on PUT, and clears what the body leaves out', () => {
    const { call, device } = createConsole();
    const { id, server_group_id } = device(3);
    const change = { server_group_id, exception: true, tags: ['a'], custom_name: 'Front desk' };
    expect(call('PUT', `/servers/${id}`, { body: change })).toMatchObject({
      status: 204,
      text: '',
    });
    expect(call('GET', `/servers/${id}`).json()).toMatchObject({
      tags: ['a'],
      exception: true,
      display_name: 'Front desk',
    });
    call('PUT', `/servers/${id}`, { body: { server_group_id, exception: false } });
    const emptied = { tags: [], custom_name: null, exception: false, ip_addrs: [] };
    expect(device(3)).toMatchObject(emptied);
  });

  it('names each wrong field of a PUT', () => {
    const { call, device } = createConsole();
    const reply = call('PUT', `/servers/${device(3).id}`, { body: { tags: 'a' } });
    expect(reply.status).toBe(400);
    expect(Object.keys(reply.json<{ errors: object }>().errors)).toEqual([
      'server_group_id',
      'exception',
      'tags',
    ]);
  });

  it('deletes once, and answers 404 the second time', () => {
    const { simulator, call, device } = createConsole();
    const { id } = device(3);
    expect(call('DELETE', `/servers/${id}`).status).toBe(204);
    expect(call('DELETE', `/servers/${id}`).status).toBe(404);
    expect(simulator.org(ORG).devices.size).toBe(144);
  });

  it('lists the packages of a device by pages', () => {
    const { call, device } = createConsole();
    const { id, patches } = device(3);
    const path = `/servers/${id}/packages`;
    const rows = call('GET', path).json<{ installed: boolean }[]>();
    expect(rows.filter(({ installed }) => !installed)).toHaveLength(patches);
    const last = { query: { limit: rows.length, page: 1 } };
    expect(call('GET', path, last).json()).toEqual([]);
  });
});
