import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const DELETE = 'automox.groups.delete';
const groupId = 1_000_003;
const params = { groupId, name: 'Pilot ring', moveDevices: true };

const hasGroup = (console: Console) => console.org().groups.has(groupId);

describe('automox.groups.delete', () => {
  it('deletes the group, whose devices are then in the default group', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [device] = console.devices();
    Object.assign(device ?? {}, { server_group_id: groupId });
    const job = await harness.run(DELETE, params);
    expect(job).toMatchObject({ status: 'succeeded', summary: 'deleted the group "Pilot ring"' });
    expect(await harness.result(job)).toEqual({ groupId, deleted: true });
    expect(hasGroup(console)).toBe(false);
    expect(device?.server_group_id).toBe(1_000_000);
  });

  it('succeeds where there is no such group', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(DELETE, params);
    const job = await harness.run(DELETE, params);
    expect(job).toMatchObject({ status: 'succeeded', summary: `there is no group ${groupId}` });
    expect(console.requests('DELETE')).toHaveLength(1);
  });

  it('takes 403 for gone where the group is no longer listed', async () => {
    const console = await startConsole();
    const fault = { kind: 'status', status: 403, acted: true } as const;
    console.simulator.faults.add({ method: 'DELETE', fault });
    expect(await console.harness().run(DELETE, params)).toMatchObject({ status: 'succeeded' });
  });

  it('fails where the group is listed and the key may not delete it', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'DELETE', fault: { kind: 'status', status: 403 } });
    const job = await console.harness().run(DELETE, params);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
    expect(hasGroup(console)).toBe(true);
  });

  for (const [what, given, field] of [
    ['another name', { ...params, name: 'Servers' }, 'params.name'],
    ['the default group', { ...params, groupId: 1_000_000, name: 'any' }, 'params.groupId'],
    ['devices that nobody wants to move', { ...params, moveDevices: false }, 'params.moveDevices'],
  ] as const) {
    it(`is refused, and deletes nothing, for ${what}`, async () => {
      const console = await startConsole();
      for (const device of console.devices()) device.server_group_id = groupId;
      const job = await console.harness().run(DELETE, given);
      expect(job).toMatchObject({
        status: 'failed',
        error: { code: 'job.refused', fields: [{ field }] },
      });
      expect(console.requests('DELETE')).toEqual([]);
    });
  }

  it('is refused where Automox does not say how many devices the group has', async () => {
    const console = await startConsole({}, 'process');
    for (const device of console.devices()) device.server_group_id = groupId;
    console.tamper((text) => text.replaceAll(/"server_count":\d+/g, '"server_count":null'));
    const job = await console.harness().run(DELETE, { ...params, moveDevices: false });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(console.requests('DELETE')).toEqual([]);
  });

  it('says that it deleted, whenever its worker is killed', async () => {
    const console = await startConsole();
    const steps = await killEverywhere(console, { type: DELETE, params }, async (survival) => {
      expect(survival.job.status).toBe('succeeded');
      expect(await survival.harness.result(survival.job)).toEqual({ groupId, deleted: true });
      expect(hasGroup(console)).toBe(false);
    });
    expect(steps).toBeGreaterThan(8);
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const job = await console.harness().run(DELETE, params, { mode: 'observe' });
    expect(job.summary).toBe('would delete the group "Pilot ring"');
    expect(console.requests()).toEqual(['GET /servergroups']);
  });
});
