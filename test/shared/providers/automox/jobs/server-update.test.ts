import { describe, expect, it } from 'vitest';
import { ServerUpdateParams } from '../../../../../shared/providers/automox/jobs/server-update.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const UPDATE = 'automox.server.update';
const groupId = 1_000_003;

function firstDevice(console: Console) {
  const [device] = console.devices();
  if (!device) throw new Error('the fleet is empty');
  return device;
}

/** One device with tags, a name and an address that no job mentions. */
async function startDesk() {
  const console = await startConsole();
  const prepare = () => {
    Object.assign(firstDevice(console), {
      tags: ['lab', 'vip'],
      custom_name: 'Desk 7',
      exception: true,
      server_group_id: 1_000_001,
    });
  };
  prepare();
  return { console, prepare, id: firstDevice(console).id };
}

describe('automox.server.update', () => {
  it('adds and removes tags, and loses nothing else', async () => {
    const { console, id } = await startDesk();
    const harness = console.harness();
    const before = structuredClone(firstDevice(console));
    const set = { tags: { add: ['pilot', 'vip'], remove: ['lab', 'gone'] } };
    const job = await harness.run(UPDATE, { devices: [id], set });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'changed 1 device' });
    expect(firstDevice(console)).toEqual({ ...before, tags: ['vip', 'pilot'] });
    expect(console.requests()).toEqual([`GET /servers/${id}`, `PUT /servers/${id}`]);
    expect(harness.calls.at(-1)?.body).toEqual({
      server_group_id: 1_000_001,
      exception: true,
      tags: ['vip', 'pilot'],
      custom_name: 'Desk 7',
      ip_addrs: before.ip_addrs,
    });
  });

  it('moves, names and excepts a device', async () => {
    const { console, id } = await startDesk();
    const set = { groupId, customName: null, exception: false };
    await console.harness().run(UPDATE, { devices: [id], set });
    expect(firstDevice(console)).toMatchObject({
      server_group_id: groupId,
      custom_name: null,
      exception: false,
      tags: ['lab', 'vip'],
    });
    expect(console.requests()[0]).toBe('GET /servergroups');
  });

  it('writes nothing to a device that is so already', async () => {
    const { console, id } = await startDesk();
    const harness = console.harness();
    const params = { devices: [id], set: { tags: { add: ['vip'], remove: ['pilot'] } } };
    const job = await harness.run(UPDATE, params);
    expect(job.summary).toBe('changed 0 devices, 1 so already');
    expect(await harness.result(job)).toEqual({
      same: [id],
      devices: 1,
      changed: 0,
      failed: [],
      uncertain: [],
    });
    expect(console.requests('PUT')).toEqual([]);
  });

  it('reads again before it repeats a write whose answer was lost', async () => {
    const { console, id } = await startDesk();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut' } });
    const job = await harness.run(UPDATE, { devices: [id], set: { exception: false } });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'changed 1 device' });
    expect(console.requests('PUT')).toHaveLength(1);
  });

  it('writes nothing back of a row that it cannot read', async () => {
    const { console, id } = await startDesk();
    const fault = { kind: 'raw', body: '{"id":1,"tags":"lab"}' } as const;
    console.simulator.faults.add({ times: 9, fault });
    const job = await console.harness().run(UPDATE, { devices: [id], set: { exception: false } });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.malformed-answer' } });
    expect(console.requests('PUT')).toEqual([]);
  });

  it('changes nothing where the group is absent', async () => {
    const { console, id } = await startDesk();
    const job = await console.harness().run(UPDATE, { devices: [id], set: { groupId: 4_711 } });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(console.requests()).toEqual(['GET /servergroups']);
  });

  it('goes on past a device that there is not, and a retry asks only for that one', async () => {
    const { console, id } = await startDesk();
    const harness = console.harness();
    const job = await harness.run(UPDATE, { devices: [4_711, id], set: { exception: false } });
    expect(job).toMatchObject({ status: 'partial', summary: 'changed 1 device, 1 failed' });
    const before = console.requests().length;
    await harness.retry(job.id);
    expect(console.requests().slice(before)).toEqual(['GET /servers/4711']);
  });

  it('changes each device, whenever its worker is killed', async () => {
    const { console, prepare } = await startDesk();
    const devices = console.devices().map(({ id }) => id);
    const params = { devices, set: { tags: { add: ['pilot'] }, groupId } };
    const steps = await killEverywhere(
      console,
      { type: UPDATE, params, prepare },
      async ({ harness, job }) => {
        expect(job).toMatchObject({ status: 'succeeded', summary: 'changed 5 devices' });
        expect(await harness.result(job)).toMatchObject({ same: [], changed: 5 });
        expect(firstDevice(console).tags).toEqual(['lab', 'vip', 'pilot']);
        expect(console.requests('PUT').length).toBeLessThanOrEqual(6);
        expect(console.devices().every((it) => it.server_group_id === groupId)).toBe(true);
      },
    );
    expect(steps).toBeGreaterThan(15);
  });

  it('S20 only reads when it observes', async () => {
    const { console, id } = await startDesk();
    const params = { devices: [id], set: { exception: false } };
    const job = await console.harness().run(UPDATE, params, { mode: 'observe' });
    expect(job.summary).toBe('would change 1 device');
    expect(console.requests()).toEqual([`GET /servers/${id}`]);
  });
});

describe('ServerUpdateParams', () => {
  for (const [what, params] of [
    ['no change', { devices: [1], set: {} }],
    ['a tag to add and to remove', { devices: [1], set: { tags: { add: ['a'], remove: ['a'] } } }],
    ['one name for two devices', { devices: [1, 2], set: { customName: 'a' } }],
    ['an empty name', { devices: [1], set: { customName: ' ' } }],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(ServerUpdateParams.safeParse(params).success).toBe(false);
    });
  }
});
