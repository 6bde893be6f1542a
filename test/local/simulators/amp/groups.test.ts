import { describe, expect, it } from 'vitest';
import { createCloud, obeys } from './cloud.ts';

interface Named {
  readonly guid: string;
  readonly name: string;
  readonly product?: string;
}

function setUp() {
  const cloud = createCloud();
  const rows = cloud.call('GET', '/groups').data<Named[]>();
  const guidOf = (wanted: string) => rows.find(({ name }) => name === wanted)?.guid ?? '';
  return { ...cloud, guidOf };
}

describe('AMP groups', () => {
  it('are found by name, in a list or bare', () => {
    const { call } = setUp();
    const names = (query: Record<string, string>) =>
      call('GET', '/groups', { query })
        .data<Named[]>()
        .map(({ name }) => name);
    expect(names({ name: 'Audit' })).toEqual(['Audit']);
    expect(names({ 'name[]': 'Triage' })).toEqual(['Triage']);
    expect(names({ name: 'Aud' })).toEqual([]);
  });

  it('show their policies only one by one', () => {
    const { call, guidOf } = setUp();
    const [row] = call('GET', '/groups').data<object[]>();
    expect(row).not.toHaveProperty('policies');
    const one = call('GET', `/groups/${guidOf('Audit')}`).data<{ policies: Named[] }>();
    expect(one.policies.map(({ product }) => product)).toEqual([
      'windows',
      'mac',
      'linux',
      'android',
    ]);
    expect(call('GET', '/groups/none').status).toBe(404);
  });

  it('are made as often as they are asked for, with one name or not', () => {
    const { call } = setUp();
    const make = () => call('POST', '/groups', { body: { name: 'Pilot', description: 'first' } });
    const [first, second] = [make(), make()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.data<Named>().guid).not.toBe(second.data<Named>().guid);
    expect(call('GET', '/groups', { query: { name: 'Pilot' } }).data()).toHaveLength(2);
    expect(call('POST', '/groups', { body: { name: ' ' } }).status).toBe(400);
  });

  it('take policies of the right product, which reach their computers later', () => {
    const { simulator, call, computer, wait } = setUp();
    const chosen = computer((row) => obeys(row) && row.product === 'windows');
    const { policies } = simulator.business('acme').state;
    const other = (product: string) =>
      policies.values().find((row) => row.product === product && row.guid !== chosen.policyGuid);
    const patch = (body: object) => call('PATCH', `/groups/${chosen.groupGuid}`, { body }).status;
    expect(patch({})).toBe(400);
    expect(patch({ windows_policy_guid: other('mac')?.guid })).toBe(400);
    const before = chosen.policyGuid;
    const wanted = other('windows')?.guid;
    expect(patch({ windows_policy_guid: wanted })).toBe(202);
    const shown = () =>
      call('GET', `/computers/${chosen.guid}`).data<{ policy: Named }>().policy.guid;
    expect(shown()).toBe(before);
    wait(30_000);
    expect(shown()).toBe(wanted);
  });

  it('go below another group and back to the root, never below themselves', () => {
    const { call, guidOf } = setUp();
    const put = (child: string, body: object) =>
      call('PATCH', `/groups/${guidOf(child)}/parent`, { body });
    const under = (parent: string) => ({ parent_group_guid: guidOf(parent) });
    expect(put('Server', under('Audit')).data()).toMatchObject({ ancestry: [{ name: 'Audit' }] });
    expect(put('Audit', under('Server')).status).toBe(400);
    expect(put('Server', under('Server')).status).toBe(400);
    expect(put('Server', { parent_group_guid: 'none' }).status).toBe(400);
    expect(put('Server', {}).data()).not.toHaveProperty('ancestry');
  });

  it('leave their computers to the default group when they are deleted', () => {
    const { simulator, call, guidOf } = setUp();
    const { state } = simulator.business('acme');
    const members = () =>
      state.computers.values().filter((row) => row.groupGuid === guidOf('Audit'));
    expect(members().toArray().length).toBeGreaterThan(0);
    expect(call('DELETE', `/groups/${guidOf('Audit')}`)).toMatchObject({ status: 200 });
    expect(members().toArray()).toEqual([]);
    expect(call('DELETE', `/groups/${guidOf('Audit')}`).status).toBe(404);
    expect(call('DELETE', `/groups/${state.defaultGroupGuid}`).status).toBe(400);
  });
});

describe('AMP policies', () => {
  it('are found by product and name', () => {
    const { call } = setUp();
    const count = (query: string) =>
      call('GET', '/policies', { query: new URLSearchParams(query) }).data<Named[]>().length;
    expect(count('product[]=mac&product[]=linux')).toBe(10);
    expect(count('product=mac&name=Audit mac')).toBe(1);
    expect(call('GET', '/policies', { query: { product: 'amiga' } }).status).toBe(400);
  });

  it('show the file lists they use and the groups that use them', () => {
    const { call } = setUp();
    const [first] = call('GET', '/policies').data<Named[]>();
    expect(call('GET', `/policies/${first?.guid}`).data()).toMatchObject({
      default: true,
      serial_number: 100,
      file_lists: expect.arrayContaining([expect.objectContaining({ name: 'Quick SCD' })]),
      used_in_groups: [{ name: 'Protect' }],
    });
    expect(call('GET', '/policies/none').status).toBe(404);
  });
});
