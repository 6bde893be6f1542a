import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const QUERY = 'automox.servers.query';

const idsOf = (rows: unknown): number[] => (rows as { id: number }[]).map(({ id }) => id);
const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);

describe('automox.servers.query', () => {
  for (const [devices, calls] of [
    [0, 1],
    [1, 1],
    [499, 1],
    [500, 2],
    [501, 2],
    [1_000, 3],
  ] as const) {
    it(`lists each of ${devices} devices once in ${calls} calls`, async () => {
      const console = await startConsole({ fleet: { devices } });
      const harness = console.harness();
      const job = await harness.run(QUERY, {});
      expect(job).toMatchObject({ status: 'succeeded', result: { kind: 'object', rows: devices } });
      expect(idsOf(await harness.result(job))).toEqual(deviceIds(console));
      expect(console.requests()).toEqual(Array(calls).fill('GET /servers'));
      expect(job.warnings).toBeUndefined();
    });
  }

  it('sends every filter in the spelling of Automox', async () => {
    const console = await startConsole();
    await console.harness().run(QUERY, {
      filters: {
        groupId: 1_000_001,
        policyId: 1_000_100,
        pending: true,
        exception: false,
        managed: true,
        patchStatus: 'missing',
        includeDetails: true,
        includeServerEvents: false,
        includeNextPatchTime: true,
        excludePolicyStatus: true,
      },
    });
    const query = new URLSearchParams(console.simulator.arrivals[0]?.query);
    expect(Object.fromEntries(query)).toEqual({
      o: '9237',
      limit: '500',
      page: '0',
      groupId: '1000001',
      policyId: '1000100',
      pending: '1',
      exception: '0',
      managed: '1',
      patchStatus: 'missing',
      include_details: '1',
      include_server_events: '0',
      include_next_patch_time: '1',
      exclude_policy_status: '1',
    });
  });

  it('filters by tag, system and name itself', async () => {
    const console = await startConsole({ fleet: { devices: 700 } });
    const harness = console.harness();
    const filters = { tag: 'finance', osFamily: 'Windows', name: 'ws-*' };
    const job = await harness.run(QUERY, { filters });
    const expected = console
      .devices()
      .filter(({ tags, name }) => tags.includes('finance') && name.startsWith('WS-'));
    expect(expected.length).toBeGreaterThan(10);
    expect(idsOf(await harness.result(job))).toEqual(expected.map(({ id }) => id));
    expect(job.summary).toBe(`${expected.length} devices listed of 700 that Automox answered`);
  });

  it('gives each row the chosen fields, and says which no device has', async () => {
    const console = await startConsole({ fleet: { devices: 2 } });
    const harness = console.harness();
    const job = await harness.run(QUERY, { fields: ['id', 'custom_name', 'os_famly'] });
    expect(await harness.result(job)).toEqual(
      console.devices().map(({ id, custom_name }) => ({ id, custom_name, os_famly: null })),
    );
    expect(job.warnings).toEqual(['no device has a field "os_famly": check its spelling']);
  });

  it('says so when the fleet changed between two pages', async () => {
    const console = await startConsole({ fleet: { devices: 600 } });
    const harness = console.harness();
    const { id } = await harness.submit(QUERY, {});
    console.simulator.faults.add({ skip: 1, fault: { kind: 'throttle', retryAfterSeconds: 30 } });
    await harness.deliver(id);
    console.org().devices.delete(deviceIds(console)[0] ?? 0);
    const job = await harness.finish(id);
    expect(job.warnings).toEqual([
      'the fleet changed while it was listed: a device may be missing, or be there twice',
    ]);
  });

  it('never asks for more than 29 lists in a minute', async () => {
    const console = await startConsole();
    const harness = console.harness();
    for (let list = 0; list < 31; list += 1) await harness.run(QUERY, {});
    const { limits, statuses } = console.simulator.audit();
    expect(limits['servers.list']?.fullest).toBe(29);
    expect(statuses).toEqual({ '200': 31 });
  });

  it('lists each device once, whenever its worker is killed', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const expected = deviceIds(console);
    const steps = await killEverywhere(console, { type: QUERY, params: {} }, async (survival) => {
      const { harness, job } = survival;
      expect(job.status).toBe('succeeded');
      expect(idsOf(await harness.result(job))).toEqual(expected);
      expect(console.requests().length).toBeLessThanOrEqual(3);
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('starts over when it is retried', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const harness = console.harness();
    const { id } = await harness.submit(QUERY, {});
    console.simulator.faults.add({ skip: 1, fault: { kind: 'status', status: 400 } });
    expect(await harness.finish(id)).toMatchObject({ status: 'failed' });
    const job = await harness.retry(id);
    expect(idsOf(await harness.result(job))).toEqual(deviceIds(console));
  });
});
