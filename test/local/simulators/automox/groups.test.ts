import { describe, expect, it } from 'vitest';
import { createConsole, ORG, type TestConsole } from './console.ts';

interface GroupRow {
  readonly id: number;
  readonly name: string;
  readonly parent_server_group_id: number;
  readonly server_count: number;
  readonly policies: readonly number[];
}

const groupsOf = ({ call }: TestConsole): GroupRow[] => call('GET', '/servergroups').json();

const bodyOf = (test: TestConsole, change: object = {}) => ({
  name: 'Kiosks',
  refresh_interval: 1_440,
  parent_server_group_id: test.simulator.org(ORG).defaultGroupId,
  ...change,
});

describe('Automox /servergroups', () => {
  it('has one group without a name, which is its own parent', () => {
    const groups = groupsOf(createConsole());
    const [nameless, ...others] = groups.filter(({ name }) => name === '');
    expect(others).toEqual([]);
    expect(nameless?.parent_server_group_id).toBe(nameless?.id);
    expect(groups.reduce((sum, { server_count }) => sum + server_count, 0)).toBe(145);
  });

  it('answers 403 for an id that no group has', () => {
    const { call } = createConsole();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect(call(method, '/servergroups/5', { body: {} }).status).toBe(403);
    }
  });

  it('creates with 200 and a part of the row', () => {
    const test = createConsole();
    const reply = test.call('POST', '/servergroups', { body: bodyOf(test) });
    expect(reply.status).toBe(200);
    const { id } = reply.json<GroupRow>();
    expect(reply.json()).not.toHaveProperty('server_count');
    expect(test.call('GET', `/servergroups/${id}`).json()).toMatchObject({ name: 'Kiosks' });
  });

  it.each([
    ['name', { name: '' }],
    ['refresh_interval', { refresh_interval: 239 }],
    ['refresh_interval', { refresh_interval: 1_441 }],
    ['parent_server_group_id', { parent_server_group_id: 5 }],
    ['ui_color', { ui_color: 'green' }],
    ['policies', { policies: ['7'] }],
  ])('names %s when it is wrong as in %o', (field, change) => {
    const test = createConsole();
    const reply = test.call('POST', '/servergroups', { body: bodyOf(test, change) });
    expect(reply.status).toBe(400);
    expect(Object.keys(reply.json<{ errors: object }>().errors)).toEqual([field]);
  });

  it('reads as wsus_config what it is told as enable_wsus, and null changes nothing', () => {
    const test = createConsole();
    const wsus = { enable_wsus: true, wsus_server: 'https://wsus.example' };
    const created = test.call('POST', '/servergroups', { body: bodyOf(test, wsus) });
    const { id } = created.json<GroupRow>();
    const change = bodyOf(test, { name: 'Renamed', enable_wsus: null, wsus_server: null });
    expect(test.call('PUT', `/servergroups/${id}`, { body: change }).status).toBe(204);
    expect(test.call('GET', `/servergroups/${id}`).json()).toMatchObject({
      name: 'Renamed',
      wsus_config: { is_managed: true, server_url: 'https://wsus.example' },
    });
  });

  it('shows one link on both sides, group.policies and policy.server_groups', () => {
    const test = createConsole();
    const linked = groupsOf(test).find(({ policies }) => policies.length === 1);
    const id = linked?.id ?? 0;
    const [policyId] = linked?.policies ?? [];
    const readGroups = () =>
      test.call('GET', `/policies/${policyId}`).json<{ server_groups: number[] | null }>()
        .server_groups ?? [];
    expect(readGroups()).toContain(id);
    test.call('PUT', `/servergroups/${id}`, { body: bodyOf(test, { policies: [] }) });
    expect(readGroups()).not.toContain(id);
    test.call('PUT', `/servergroups/${id}`, { body: bodyOf(test, { policies: [policyId] }) });
    expect(readGroups()).toContain(id);
  });

  it('moves the devices of a deleted group to the default group, which itself stays', () => {
    const test = createConsole();
    const { defaultGroupId } = test.simulator.org(ORG);
    const doomed = groupsOf(test).find(({ id }) => id !== defaultGroupId);
    const before = groupsOf(test).find(({ id }) => id === defaultGroupId);
    expect(test.call('DELETE', `/servergroups/${doomed?.id}`).status).toBe(204);
    expect(test.call('DELETE', `/servergroups/${doomed?.id}`).status).toBe(403);
    const after = groupsOf(test).find(({ id }) => id === defaultGroupId);
    const moved = (after?.server_count ?? 0) - (before?.server_count ?? 0);
    expect(moved).toBe(doomed?.server_count);
    const linked = [...test.simulator.org(ORG).policies.values()].flatMap(
      (row) => row.server_groups,
    );
    expect(doomed?.policies).not.toEqual([]);
    expect(linked).not.toContain(doomed?.id);
    expect(test.call('DELETE', `/servergroups/${defaultGroupId}`).status).toBe(400);
  });
});
