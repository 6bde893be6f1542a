import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const CREATE = 'opsramp.alert.create';

const params = {
  serviceName: 'backup.nightly',
  currentState: 'CRITICAL',
  subject: 'The nightly backup failed',
  device: { hostName: 'nowhere' },
} as const;

const made = (pod: Pod) =>
  [...pod.tenant().alerts.values()]
    .map(({ alert }) => alert)
    .filter(({ serviceName }) => serviceName === params.serviceName);

describe('opsramp.alert.create', () => {
  it('reports the event and comes back for the alert that it makes', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const { id } = await harness.submit(CREATE, params);
    expect(await harness.deliver(id)).toMatchObject({
      status: 'waiting',
      waiting: { for: 'follow-up' },
    });
    const job = await harness.finish(id);
    const [alert] = made(pod);
    expect(alert).toMatchObject({ currentState: 'Critical', subject: params.subject });
    expect(await harness.result(job)).toMatchObject({ alertId: alert?.uniqueId });
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
  });

  it.each([404, 500] as const)('knows an alert that is not there yet by %i', async (notFoundAs) => {
    const pod = await startPod({ settings: { notFoundAs } });
    const harness = pod.harness();
    const job = await harness.run(CREATE, params);
    expect(await harness.result(job)).toMatchObject({ alertId: made(pod)[0]?.uniqueId });
  });

  it('folds into the alert of the same resource, service and component, and heals it', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(CREATE, params);
    await harness.run(CREATE, { ...params, currentState: 'OK' });
    expect(made(pod)).toMatchObject([{ currentState: 'Ok', repeatCount: '2' }]);
  });

  it('says so where no alert is to be seen after all', async () => {
    const pod = await startPod({ settings: { alertDelayMs: minutes(60) } });
    const harness = pod.harness();
    const job = await harness.run(CREATE, params);
    expect(job.status).toBe('succeeded');
    expect(job.warnings).toEqual(['OpsRamp took the event and shows no alert of it yet']);
    expect(await harness.result(job)).toMatchObject({ alertId: null });
  });

  it('does not look for an alert where OpsRamp named no event', async () => {
    const pod = await startPod();
    pod.simulator.faults.add({
      method: 'POST',
      path: `${BELOW}/alert`,
      fault: { kind: 'raw', body: '[]', acted: true },
    });
    const job = await pod.harness().run(CREATE, params);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(pod.requests()).toEqual(['POST /alert']);
  });

  it('fails where OpsRamp refuses the event, naming the field', async () => {
    const pod = await startPod();
    const body = '[{"code":"0002","fieldName":"alertTime","message":"is no date"}]';
    pod.simulator.faults.add({
      method: 'POST',
      path: `${BELOW}/alert`,
      fault: { kind: 'raw', status: 400, body },
    });
    const job = await pod.harness().run(CREATE, params);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', fields: [{ field: 'alertTime' }] },
    });
  });

  it('makes one alert, whenever its worker is killed', async () => {
    const pod = await startPod();
    const steps = await killEverywhere(pod, { type: CREATE, params }, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(made(pod)).toHaveLength(1);
      expect(await harness.result(job)).toMatchObject({ alertId: made(pod)[0]?.uniqueId });
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('S20 sends nothing when it observes', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(CREATE, params, { mode: 'observe' });
    expect(job.summary).toBe('would report "The nightly backup failed"');
    expect(pod.requests()).toEqual([]);
  });
});
