import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { startConsole } from '../console.ts';

const EXPORT = 'automox.policies.export';
const ENSURE = 'automox.policy.ensure';

const rowsOf = (result: Json) => result as { readonly [key: string]: Json }[];

describe('automox.policies.export', () => {
  it('writes each policy down without the place where it was read', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(EXPORT, { name: 'patch ALL*' });
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 1 } });
    expect(await harness.result(job)).toEqual([
      {
        name: 'Patch all workstations',
        policy_type_name: 'patch',
        notes: '',
        server_groups: [1_000_001, 1_000_003],
        configuration: console.org().policies.get(1_000_100)?.configuration,
        schedule: { days: 'all', weeks: 'all', months: 'all', time: '02:00', timeZone: 'device' },
      },
    ]);
    expect(console.requests()).toEqual(['GET /policies']);
  });

  it('gives exactly what ensure takes back: no policy is written again', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(EXPORT, {});
    const rows = rowsOf(await harness.result(job));
    expect(rows.map((row) => row['policy_type_name'])).toEqual([
      'patch',
      'patch',
      'required_software',
      'custom',
    ]);
    for (const row of rows) {
      const again = await harness.run(ENSURE, row);
      expect(again).toMatchObject({ status: 'succeeded' });
      expect(await harness.result(again)).toMatchObject({ created: false, changed: [] });
    }
    expect(console.requests('PUT')).toEqual([]);
  });

  it('brings back policies that were deleted', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [, , zoned] = console.org().policies.values();
    Object.assign(zoned ?? {}, {
      schedule_days: 42,
      schedule_weeks_of_month: 20,
      schedule_months: 4680,
      use_scheduled_timezone: true,
      scheduled_timezone: 'UTC-0700',
    });
    const before = [...console.org().policies.values()];
    const rows = rowsOf(await harness.result(await harness.run(EXPORT, {})));
    console.org().policies.clear();
    for (const row of rows) await harness.run(ENSURE, row);
    for (const { id: _id, uuid: _uuid, create_time: _at, ...policy } of before) {
      const restored = [...console.org().policies.values()].find(
        ({ name }) => name === policy.name,
      );
      expect(restored).toMatchObject(policy);
    }
  });

  it('warns of a policy that ensure would not take', async () => {
    const console = await startConsole();
    Object.assign(console.org().policies.get(1_000_100) ?? {}, { schedule_weeks_of_month: 0 });
    const job = await console.harness().run(EXPORT, { kind: 'patch' });
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 2 } });
    expect(job.warnings?.join()).toContain('"Patch all workstations" would not be taken back');
  });

  it('writes each policy down once, whenever its worker is killed', async () => {
    const console = await startConsole();
    await killEverywhere(console, { type: EXPORT, params: {} }, async ({ harness, job }) => {
      expect(await harness.result(job)).toHaveLength(4);
      expect(console.requests().length).toBeLessThanOrEqual(2);
    });
  });
});
