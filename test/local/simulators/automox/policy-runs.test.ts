import { describe, expect, it } from 'vitest';
import { createConsole, ORG } from './console.ts';

function setUp() {
  const test = createConsole({ settings: { policyRunDelayMs: 5_000 } });
  const org = test.simulator.org(ORG);
  const [policy] = org.policies.values();
  if (policy === undefined) throw new RangeError('no policy');
  const members = [...org.devices.values()].filter((device) =>
    policy.server_groups.includes(device.server_group_id),
  );
  const run = (body: object) => test.call('POST', `/policies/${policy.id}/action`, { body });
  return { ...test, org, policy, members, run };
}

interface RunPage {
  readonly data: readonly object[];
  readonly metadata: object;
}

describe('Automox POST /policies/{id}/action', () => {
  it('answers 201 without a body, and its run shows in the history later', () => {
    const { call, wait, org, policy, members, run } = setUp();
    const online = members.filter(({ connected }) => connected).length;
    expect(run({ action: 'remediateAll' })).toMatchObject({ status: 201, text: '' });
    const query = { org: org.uuid };
    const history = () => call('GET', '/policy-history/policy-runs', { query }).json<RunPage>();
    const count = members.length;
    expect(history().data).toMatchObject([
      { policy_id: policy.id, device_count: count, pending: count },
    ]);
    wait(5_000);
    expect(history()).toMatchObject({
      data: [{ success: online, pending: count - online, failed: 0 }],
      metadata: { current_page: 0, total_pages: 1, total_count: 1, limit: 500 },
    });
  });

  it('leaves an event for each device it reached, newest first', () => {
    const { call, wait, members, run } = setUp();
    const device = members.find(({ connected }) => connected);
    run({ action: 'remediateServer', serverId: device?.id });
    wait(5_000);
    const query = { eventName: 'system.policy.action', serverId: device?.id ?? 0 };
    expect(call('GET', '/events', { query }).json()).toMatchObject([{ server_id: device?.id }]);
    const [newest, next] = call('GET', '/events').json<{ name: string }[]>();
    expect([newest?.name, next?.name]).toEqual(['system.policy.action', 'system.add']);
  });

  it.each([
    ['serverId beside remediateAll', { action: 'remediateAll', serverId: 1 }, 400],
    ['remediateServer without serverId', { action: 'remediateServer' }, 400],
    ['an unknown action', { action: 'remediate' }, 400],
    ['an unknown device', { action: 'remediateServer', serverId: 1 }, 404],
  ])('refuses %s', (_, body, status) => {
    const { simulator, run } = setUp();
    expect(run(body).status).toBe(status);
    expect(simulator.org(ORG).runs).toEqual([]);
  });

  it('answers 404 for a policy that is absent', () => {
    const { call } = setUp();
    const body = { action: 'remediateAll' };
    expect(call('POST', '/policies/5/action', { body }).status).toBe(404);
  });

  it('shows its history only to those who know the organization by its UUID', () => {
    const { call } = setUp();
    const query = { org: 'unknown' };
    expect(call('GET', '/policy-history/policy-runs', { query }).status).toBe(403);
  });
});

describe('Automox GET /policystats', () => {
  it('splits the devices of each policy into three', () => {
    const { call, policy, members } = setUp();
    const rows = call('GET', '/policystats').json<Record<string, number>[]>();
    const stats = rows.find(({ policy_id }) => policy_id === policy.id);
    const { compliant = 0, noncompliant = 0, pending = 0 } = stats ?? {};
    expect(compliant + noncompliant + pending).toBe(members.length);
    expect(pending).toBe(members.filter((device) => device.pending).length);
  });
});

describe('Automox POST /policies/device-filters-preview', () => {
  const preview = (device_filters: unknown, query = {}) => {
    const { call, org } = setUp();
    const body = { device_filters, server_groups: [...org.groups.keys()] };
    const reply = call('POST', '/policies/device-filters-preview', { body, query });
    return { ...reply, fleet: [...org.devices.values()] };
  };

  it.each([
    ['os_family', 'in', ['Mac']],
    ['hostname', 'like_any', ['WS-*1']],
    ['tag', 'in', ['vip', 'émigré']],
    ['serial_number', 'like_any', ['3']],
    ['os_version_id', 'in', ['6410']],
    ['ip_addr', 'like_any', ['10.0.0.1']],
    ['organizational_unit', 'in', ['OU=Workstations,DC=acme']],
  ])('splits the fleet in two by %s, %s %o and its negation', (field, op, value) => {
    const sizeOf = (operation: string): number =>
      preview([{ field, op: operation, value }]).json<{ size: number }>().size;
    const sizes = [sizeOf(op), sizeOf(`not_${op}`)];
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(sizes[0]).toBeLessThan(100);
    expect((sizes[0] ?? 0) + (sizes[1] ?? 0)).toBe(145);
  });

  it('pages, and counts all', () => {
    const { json, fleet } = preview([], { limit: 5 });
    const { results, size } = json<{ results: object[]; size: number }>();
    expect([results.length, size]).toEqual([5, fleet.length]);
  });

  it('agrees with the devices themselves', () => {
    const { json, fleet } = preview([{ field: 'os_family', op: 'in', value: ['Linux'] }]);
    const linux = fleet.filter((device) => device.os_family === 'Linux').length;
    expect(json()).toMatchObject({ size: linux });
  });

  it.each([
    ['old rows', [{ type: 'tag', tag_name: 'x' }]],
    ['an unknown field', [{ field: 'colour', op: 'in', value: ['x'] }]],
    ['an unknown operation', [{ field: 'tag', op: 'is', value: ['x'] }]],
  ])('refuses %s', (_, rows) => {
    expect(preview(rows).status).toBe(400);
  });

  it('fails with 500 without server_groups', () => {
    const { call } = setUp();
    const body = { device_filters: [] };
    expect(call('POST', '/policies/device-filters-preview', { body }).status).toBe(500);
  });
});
