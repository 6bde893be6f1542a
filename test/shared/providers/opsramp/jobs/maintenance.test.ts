import { describe, expect, it } from 'vitest';
import { hours } from '../../../../../shared/kernel/duration.ts';
import { MaintenanceScheduleParams } from '../../../../../shared/providers/opsramp/jobs/maintenance-schedule.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const SCHEDULE = 'opsramp.maintenance.schedule';

const windows = (pod: Pod) => [...pod.tenant().maintenances.values()];
const hostOf = (pod: Pod): string => [...pod.tenant().resources.values()][0]?.hostName ?? '';

/** Open now, for two hours, on the clock of the tests. */
const paramsOf = (pod: Pod, more: object = {}) => ({
  name: 'March window',
  description: 'Firmware',
  devices: [{ hostName: hostOf(pod) }],
  schedule: {
    type: 'One-Time',
    startTime: '2026-03-01T01:00:00+0000',
    endTime: '2026-03-01T04:00:00+0000',
  },
  ...more,
});

describe('opsramp.maintenance.schedule', () => {
  it('schedules the window of a name once', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const job = await harness.run(SCHEDULE, paramsOf(pod));
    const windowId = windows(pod)[0]?.row.uniqueId;
    expect(await harness.result(job)).toEqual({ windowId, created: true });
    const again = await harness.run(SCHEDULE, paramsOf(pod));
    expect(await harness.result(again)).toEqual({ windowId, created: false });
    expect(again.warnings).toBeUndefined();
    expect(windows(pod)).toHaveLength(1);
  });

  it('leaves a window of the name as it is, and says in what it differs', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(SCHEDULE, paramsOf(pod));
    const job = await harness.run(SCHEDULE, paramsOf(pod, { description: 'Other' }));
    expect(job.warnings).toEqual(['it differs in description and was left as it is']);
  });

  it('says that a window of the name covers other devices', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(SCHEDULE, paramsOf(pod));
    const [, other] = [...pod.tenant().resources.values()];
    const devices = [{ hostName: other?.hostName }];
    const job = await harness.run(SCHEDULE, paramsOf(pod, { devices }));
    expect(job.warnings).toEqual(['it differs in devices and was left as it is']);
  });

  it.each([true, false])('makes one window when the answer is lost (acted: %s)', async (acted) => {
    const pod = await startPod();
    const path = `${BELOW}/scheduleMaintenances`;
    pod.simulator.faults.add({ method: 'POST', path, fault: { kind: 'cut', acted } });
    const harness = pod.harness();
    const job = await harness.run(SCHEDULE, paramsOf(pod));
    expect(await harness.result(job)).toMatchObject({ windowId: windows(pod)[0]?.row.uniqueId });
    expect(windows(pod)).toHaveLength(1);
  });

  it('makes exactly one window, whenever its worker is killed', async () => {
    const pod = await startPod();
    await killEverywhere(pod, { type: SCHEDULE, params: paramsOf(pod) }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(windows(pod)).toHaveLength(1);
    });
  });

  it('fails where OpsRamp refuses the schedule', async () => {
    const pod = await startPod();
    const schedule = { type: 'One-Time', startTime: 'soon' };
    const job = await pod.harness().run(SCHEDULE, paramsOf(pod, { schedule }));
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', fields: [{ field: 'schedule' }] },
    });
  });
});

describe('MaintenanceScheduleParams', () => {
  it('refuses more than 100 targets of all kinds together', () => {
    const groups = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));
    const schedule = { type: 'One-Time', startTime: '2026-03-01T01:00:00+0000' };
    const given = { name: 'a', schedule, deviceGroups: groups(60) };
    const isTaken = (locations: number): boolean =>
      MaintenanceScheduleParams.safeParse({ ...given, locations: groups(locations) }).success;
    expect([isTaken(40), isTaken(41)]).toEqual([true, false]);
  });
});

describe('opsramp.maintenance.suspend, resume and end', () => {
  it('move a window on, each once', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(SCHEDULE, paramsOf(pod));
    const windowId = windows(pod)[0]?.row.uniqueId ?? '';
    const summaries = [];
    for (const verb of ['suspend', 'suspend', 'resume', 'resume', 'end']) {
      const params = verb === 'end' ? { windowId } : { name: 'March window' };
      summaries.push((await harness.run(`opsramp.maintenance.${verb}`, params)).summary);
    }
    expect(summaries).toEqual([
      `suspended window ${windowId}`,
      `window ${windowId} is suspended`,
      `resumed window ${windowId}`,
      `window ${windowId} is active`,
      `ended window ${windowId}`,
    ]);
    const again = await harness.run('opsramp.maintenance.end', { windowId });
    expect(again.summary).toBe(`window ${windowId} is completed`);
  });

  it('are refused where OpsRamp does not allow it from there, and for an unknown name', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(SCHEDULE, paramsOf(pod));
    harness.clock.leapTo(harness.clock.nowMs() + hours(5));
    const windowId = windows(pod)[0]?.row.uniqueId ?? '';
    const over = await harness.run('opsramp.maintenance.suspend', { windowId });
    expect(over).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    const absent = await harness.run('opsramp.maintenance.resume', { name: 'none' });
    expect(absent.error?.message).toBe('no maintenance window is named "none"');
  });

  it('do not take a one-time window that is still to come for one that was ended', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const startTime = '2026-03-02T01:00:00+0000';
    const schedule = { type: 'One-Time', startTime, endTime: '2026-03-02T04:00:00+0000' };
    await harness.run(SCHEDULE, paramsOf(pod, { schedule }));
    const job = await harness.run('opsramp.maintenance.end', { name: 'March window' });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(job.error?.message).toContain('is Pending: only Active ones can end');
  });

  it('S20 send nothing but reads when they observe', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(SCHEDULE, paramsOf(pod));
    const before = pod.requests('POST').length;
    const params = { name: 'March window' };
    const job = await harness.run('opsramp.maintenance.end', params, { mode: 'observe' });
    expect(job.summary).toMatch(/^would end window SM-/);
    expect(pod.requests('POST')).toHaveLength(before);
  });
});
