import { describe, expect, it } from 'vitest';
import { GroupsEnsureParams } from '../../../../../shared/providers/automox/jobs/groups-ensure.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const ENSURE = 'automox.groups.ensure';
const DEFAULT_GROUP = 1_000_000;

const fresh = { name: 'Canaries', set: { refreshIntervalMinutes: 360, policies: [1_000_100] } };
const change = { name: 'Workstations', set: { notes: 'first', color: '#112233' } };

const named = (console: Console, name: string) =>
  [...console.org().groups.values()].filter((group) => group.name === name);

describe('automox.groups.ensure', () => {
  it('creates a group below the default group', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(ENSURE, fresh);
    const [group] = named(console, fresh.name);
    expect(group).toMatchObject({ parent_server_group_id: DEFAULT_GROUP, refresh_interval: 360 });
    expect(console.org().policies.get(1_000_100)?.server_groups).toContain(group?.id);
    expect(await harness.result(job)).toEqual({ groupId: group?.id, created: true, changed: [] });
  });

  it('creates a group below another, also where a namesake is elsewhere', async () => {
    const console = await startConsole();
    const parentId = 1_000_001;
    const job = await console.harness().run(ENSURE, { name: 'Servers', parentId });
    expect(job.status).toBe('succeeded');
    expect(named(console, 'Servers').map((it) => it.parent_server_group_id)).toEqual([
      DEFAULT_GROUP,
      parentId,
    ]);
  });

  it('changes what differs, and leaves what it does not mention', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [before] = named(console, 'Workstations').map((group) => structuredClone(group));
    const linked = () => console.org().policies.get(1_000_100)?.server_groups;
    const links = linked();
    Object.assign(named(console, 'Workstations')[0] ?? {}, {
      wsus_config: { is_managed: true, server_url: 'http://wsus' },
    });
    const job = await harness.run(ENSURE, change);
    expect(await harness.result(job)).toMatchObject({ changed: ['ui_color', 'notes'] });
    expect(named(console, 'Workstations')).toEqual([
      {
        ...before,
        notes: 'first',
        ui_color: '#112233',
        wsus_config: { is_managed: true, server_url: 'http://wsus' },
      },
    ]);
    expect(new Set(linked())).toEqual(new Set(links));
  });

  it('writes nothing the second time', async () => {
    const console = await startConsole();
    const harness = console.harness();
    for (const params of [fresh, change]) {
      await harness.run(ENSURE, params);
      const writes = console.requests().filter((it) => !it.startsWith('GET')).length;
      const job = await harness.run(ENSURE, params);
      expect(job.summary).toBe(`the group "${params.name}" is so already`);
      expect(console.requests().filter((it) => !it.startsWith('GET'))).toHaveLength(writes);
    }
  });

  it('makes one group where the answer is lost', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const job = await console.harness().run(ENSURE, fresh);
    expect(job.status).toBe('succeeded');
    expect(named(console, fresh.name)).toHaveLength(1);
  });

  it('makes one group where a retry follows a create whose fate nobody could see', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const blind = { kind: 'status', status: 503 } as const;
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    console.simulator.faults.add({ path: '/servergroups', skip: 2, times: 4, fault: blind });
    const job = await harness.run(ENSURE, fresh);
    expect(job.status).toBe('uncertain');
    expect((await harness.retry(job.id)).status).toBe('succeeded');
    expect(named(console, fresh.name)).toHaveLength(1);
  });

  it('fails, without a write, where the parent is absent', async () => {
    const console = await startConsole();
    const job = await console.harness().run(ENSURE, { ...fresh, parentId: 4_711 });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(console.requests('POST')).toEqual([]);
  });

  it('fails where Automox refuses', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 400 } });
    const job = await console.harness().run(ENSURE, fresh);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.rejected' } });
  });

  for (const [what, params, changed] of [
    ['creates', fresh, []],
    ['changes', change, ['ui_color', 'notes']],
  ] as const) {
    it(`${what} one group, whenever its worker is killed`, async () => {
      const console = await startConsole();
      await killEverywhere(console, { type: ENSURE, params }, async ({ harness, job }) => {
        expect(job.status).toBe('succeeded');
        expect(named(console, params.name)).toHaveLength(1);
        expect(await harness.result(job)).toMatchObject({ created: what === 'creates', changed });
        expect(console.requests('POST').length).toBeLessThanOrEqual(1);
      });
    });

    it(`S20 only reads when it observes what ${what}`, async () => {
      const console = await startConsole();
      const job = await console.harness().run(ENSURE, params, { mode: 'observe' });
      expect(job.summary).toMatch(/^would (create|change)/);
      expect(console.requests().every((it) => it.startsWith('GET'))).toBe(true);
    });
  }
});

describe('GroupsEnsureParams', () => {
  for (const params of [
    { name: '' },
    { name: 'a', set: { refreshIntervalMinutes: 60 } },
    { name: 'a', set: { color: 'red' } },
  ]) {
    it(`refuses ${JSON.stringify(params)}`, () => {
      expect(GroupsEnsureParams.safeParse(params).success).toBe(false);
    });
  }
});
