import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { EventsQueryParams } from '../../../../../shared/providers/automox/jobs/events-query.ts';
import { PackagesQueryParams } from '../../../../../shared/providers/automox/jobs/packages-query.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

type Row = Readonly<Record<string, Json>>;

/** The rows that a query answers. */
async function query(console: Console, type: string, params: Json = {}): Promise<readonly Row[]> {
  const harness = console.harness();
  const job = await harness.run(type, params);
  expect(job).toMatchObject({ status: 'succeeded' });
  return (await harness.result(job)) as readonly Row[];
}

const lastQuery = (console: Console) =>
  Object.fromEntries(new URLSearchParams(console.simulator.arrivals.at(-1)?.query));

const [first] = [1_001_000];

describe.each([
  ['automox.groups.query', {}, '/servergroups', 5],
  ['automox.policy.stats', {}, '/policystats', 4],
  ['automox.packages.query', {}, '/orgs/9237/packages', 48],
  ['automox.packages.query', { deviceId: first }, `/servers/${first}/packages`, 4],
  ['automox.events.query', {}, '/events', 5],
  ['automox.approvals.query', {}, '/approvals', 7],
  ['automox.reports.prepatch', {}, '/reports/prepatch', undefined],
  ['automox.reports.needs-attention', {}, '/reports/needs-attention', undefined],
] as const)('%s %j', (type, params, path, rows) => {
  it('lists all there is with one call', async () => {
    const console = await startConsole();
    const listed = await query(console, type, params);
    if (rows !== undefined) expect(listed).toHaveLength(rows);
    expect(console.requests()).toEqual([`GET ${path}`]);
  });

  it('lists each once, whenever its worker is killed', async () => {
    const console = await startConsole();
    const expected = await query(console, type, params);
    await killEverywhere(console, { type, params }, async ({ harness, job }) => {
      expect(await harness.result(job)).toEqual(expected);
      expect(console.requests().length).toBeLessThanOrEqual(2);
    });
  });

  it('tries again after an answer that is no list', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ fault: { kind: 'raw', body: '"fine"' } });
    expect(await query(console, type, params)).toBeInstanceOf(Array);
    expect(console.requests()).toHaveLength(2);
  });

  it('fails where the key may not read it', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ fault: { kind: 'status', status: 403 } });
    const job = await console.harness().run(type, params);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
  });

  it('does the same when it observes', async () => {
    const console = await startConsole();
    const job = await console.harness().run(type, params, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(console.requests()).toEqual([`GET ${path}`]);
  });
});

describe('automox.groups.query', () => {
  it('finds the default group by its empty name, and others by theirs', async () => {
    const console = await startConsole();
    expect(await query(console, 'automox.groups.query', { name: '' })).toMatchObject([
      { id: 1_000_000, is_default: true },
    ]);
    expect(await query(console, 'automox.groups.query', { name: 'work*' })).toMatchObject([
      { name: 'Workstations', is_default: false },
    ]);
  });

  it('lists the groups below another', async () => {
    const console = await startConsole();
    expect(await query(console, 'automox.groups.query', { parentId: 1_000_001 })).toEqual([]);
  });
});

describe('automox.policy.stats', () => {
  it('tells of one policy', async () => {
    const console = await startConsole();
    const rows = await query(console, 'automox.policy.stats', { policyId: 1_000_101 });
    expect(rows).toMatchObject([{ policy_id: 1_000_101, compliant: expect.any(Number) }]);
  });
});

describe('automox.packages.query', () => {
  it('names the classification of each package, and none where there is none', async () => {
    const console = await startConsole({ fleet: { devices: 60 } });
    const rows = await query(console, 'automox.packages.query');
    const named = new Map(
      rows.map((row) => [row['patch_classification_category_id'], row['patch_classification']]),
    );
    expect(Object.fromEntries(named)).toEqual({
      3: 'Critical Updates',
      4: 'Definition Updates',
      8: 'Security Updates',
      11: 'Update Rollups',
      null: null,
    });
  });

  it('lists what is missing, of the classifications that are asked for', async () => {
    const console = await startConsole({ fleet: { devices: 60 } });
    const params = { missing: true, classifications: ['Security Updates'] };
    const rows = await query(console, 'automox.packages.query', params);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every((row) => row['installed'] === false)).toBe(true);
    expect(new Set(rows.map((row) => row['patch_classification']))).toEqual(
      new Set(['Security Updates']),
    );
  });

  it('asks Automox for what awaits, in its spelling', async () => {
    const console = await startConsole();
    await query(console, 'automox.packages.query', { awaiting: true, includeUnmanaged: false });
    expect(lastQuery(console)).toMatchObject({ awaiting: '1', includeUnmanaged: '0' });
  });

  it('fails for a device that there is not', async () => {
    const console = await startConsole();
    const job = await console.harness().run('automox.packages.query', { deviceId: 4_711 });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('refuses a filter that a device does not have', () => {
    expect(PackagesQueryParams.safeParse({ deviceId: 1, awaiting: true }).success).toBe(false);
  });
});

describe('automox.events.query', () => {
  it('sends every filter in the spelling of Automox', async () => {
    const console = await startConsole();
    await query(console, 'automox.events.query', {
      name: 'system.add',
      policyId: 1,
      deviceId: 2,
      userId: 3,
      from: '2026-01-01',
      to: '2026-01-31',
    });
    expect(lastQuery(console)).toEqual({
      o: '9237',
      limit: '500',
      page: '0',
      eventName: 'system.add',
      policyId: '1',
      serverId: '2',
      userId: '3',
      startDate: '2026-01-01',
      endDate: '2026-01-31',
    });
  });

  it('counts without listing', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run('automox.events.query', { countOnly: true });
    expect(job).toMatchObject({ status: 'succeeded', summary: '5 events' });
    expect(await harness.result(job)).toEqual({ count: 5 });
    expect(lastQuery(console)).toMatchObject({ countOnly: '1' });
  });

  it('does not take an answer without a number for none', async () => {
    const console = await startConsole({}, 'process');
    console.tamper((text) => text.replace(/"size":\d+/, '"size":null'));
    const job = await console.harness().run('automox.events.query', { countOnly: true });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.malformed-answer' } });
  });

  for (const params of [{ from: '2026-13-01' }, { from: '2026-02-02', to: '2026-02-01' }]) {
    it(`refuses ${JSON.stringify(params)}`, () => {
      expect(EventsQueryParams.safeParse(params).success).toBe(false);
    });
  }
});

describe('automox.reports', () => {
  for (const [devices, calls] of [
    [249, 1],
    [250, 2],
    [251, 2],
    [500, 3],
  ] as const) {
    it(`ask for ${calls} pages of ${devices} devices, whatever the total of a page says`, async () => {
      const console = await startConsole({ fleet: { devices } });
      for (const device of console.devices())
        Object.assign(device, { compliant: false, patches: 3 });
      for (const type of ['automox.reports.prepatch', 'automox.reports.needs-attention']) {
        const before = console.requests().length;
        const rows = await query(console, type);
        expect(rows.map((row) => row['id'])).toEqual(console.devices().map(({ id }) => id));
        expect(console.requests().slice(before)).toHaveLength(calls);
      }
    });
  }

  it('give each patch a list of CVEs', async () => {
    const console = await startConsole({ fleet: { devices: 30 } });
    const rows = await query(console, 'automox.reports.prepatch', { groupId: 1_000_001 });
    const cves = rows.flatMap((row) => (row['patches'] as Row[]).map((patch) => patch['cve']));
    expect(cves.length).toBeGreaterThan(0);
    expect(cves.every(Array.isArray)).toBe(true);
    expect(lastQuery(console)).toMatchObject({ groupId: '1000001', limit: '250', offset: '0' });
  });
});
