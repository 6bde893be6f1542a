import { describe, expect, it } from 'vitest';
import { seconds } from '../../../../../shared/kernel/duration.ts';
import { AlertsActParams } from '../../../../../shared/providers/opsramp/jobs/alerts-act.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const ACT = 'opsramp.alerts.act';
const description = 'Known';

const alertsOf = (pod: Pod) => [...pod.tenant().alerts.values()].map(({ alert }) => alert);
const idsOf = (pod: Pod): string[] => alertsOf(pod).map(({ uniqueId }) => uniqueId);
const refusal = {
  kind: 'raw',
  status: 400,
  body: '[{"fieldName":"id","message":"is locked"}]',
} as const;

describe('opsramp.alerts.act', () => {
  it.each([
    ['acknowledge', { acknowledged: true }, {}],
    ['unAcknowledge', { acknowledged: false }, { acknowledged: true }],
    ['suppress', { suppressed: true }, {}],
    ['unSuppress', { suppressed: false }, { suppressed: true }],
    ['close', { closed: true }, {}],
    ['heal', { currentState: 'Ok' }, { currentState: 'Critical' }],
  ] as const)('can %s alerts by id, each once', async (action, after, before) => {
    const pod = await startPod();
    const harness = pod.harness();
    for (const alert of alertsOf(pod)) Object.assign(alert, before);
    const [first = '', second = ''] = idsOf(pod);
    const alerts = [first, second, first];
    const job = await harness.run(ACT, { action, description, alerts });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 3 });
    expect(await harness.result(job)).toEqual({ action, alerts: 2, reached: 0, failed: [] });
    expect(alertsOf(pod).slice(0, 2)).toMatchObject([after, after]);
    expect(pod.tenant().alerts.get(first)?.comments).toMatchObject([{ description }]);
    expect(pod.requests('POST')).toHaveLength(2);
  });

  it('acts on what a query selects, and leaves out what is so already', async () => {
    const pod = await startPod({ fleet: { alerts: 40 } });
    const harness = pod.harness();
    const critical = alertsOf(pod).filter(({ currentState }) => currentState === 'Critical');
    for (const alert of critical.slice(0, 3)) alert.acknowledged = true;
    const select = { states: ['CRITICAL'] };
    const job = await harness.run(ACT, { action: 'acknowledge', description, select });
    const left = critical.length - 3;
    expect(job.summary).toBe(`acknowledged ${left} alerts, 3 were so already`);
    expect(alertsOf(pod).filter(({ acknowledged }) => acknowledged)).toEqual(critical);
    expect(pod.requests('POST')).toHaveLength(left);
  });

  it('keeps to 200 actions in a minute, and knows how long the rest takes', async () => {
    const pod = await startPod({ fleet: { alerts: 450 } });
    const harness = pod.harness();
    const params = { action: 'acknowledge', description, alerts: idsOf(pod) };
    const { id } = await harness.submit(ACT, params);
    const begun = await harness.deliver(id);
    expect(begun?.progress).toEqual({ done: 200, total: 450, unit: 'alerts', leastMinutesLeft: 2 });
    const job = await harness.finish(id);
    expect(job.progress).toEqual({ done: 450, total: 450, unit: 'alerts', leastMinutesLeft: 0 });
    expect(job.waitedMs).toBeGreaterThan(seconds(119));
    const { limits, statuses } = pod.simulator.audit();
    expect(limits['client.alerts.write']).toMatchObject({ fullest: 200, refused: 0 });
    expect(statuses).toEqual({ '200': 451 });
  });

  it('takes a refusal for done where the alert is in the state', async () => {
    const pod = await startPod({ settings: { repeatedAlertAction: 'refused' } });
    const harness = pod.harness();
    const [first] = alertsOf(pod);
    if (first) first.acknowledged = true;
    const params = { action: 'acknowledge', description, alerts: idsOf(pod) };
    const job = await harness.run(ACT, params);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(alertsOf(pod).every(({ acknowledged }) => acknowledged)).toBe(true);
    expect(pod.requests('GET')).toEqual([`GET /alerts/${first?.uniqueId}`]);
  });

  it('takes "already done" for done without asking what else it could be', async () => {
    const pod = await startPod();
    const [first = ''] = idsOf(pod);
    pod.simulator.faults.add({
      method: 'POST',
      path: `${BELOW}/alerts/*/actions/*`,
      fault: { kind: 'status', status: 422, acted: true },
    });
    const job = await pod.harness().run(ACT, { action: 'close', description, alerts: [first] });
    expect(job.status).toBe('succeeded');
  });

  it('lists the alerts that are refused, and acts only on those when retried', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const ids = idsOf(pod);
    pod.simulator.faults.add({
      method: 'POST',
      path: `${BELOW}/alerts/${ids[1]}/actions/*`,
      fault: refusal,
    });
    const params = { action: 'suppress', description, alerts: [...ids, 'absent'] };
    const job = await harness.run(ACT, params);
    expect(job.status).toBe('partial');
    expect(job.summary).toBe('suppressed 5 alerts, 2 refused');
    expect(await harness.result(job)).toMatchObject({
      failed: [
        { code: 'provider.rejected', alerts: [ids[1]] },
        { code: 'provider.not-found', alerts: ['absent'] },
      ],
    });
    const before = pod.requests('POST').length;
    await harness.retry(job.id);
    expect(pod.requests('POST').slice(before)).toEqual([
      `POST /alerts/${ids[1]}/actions/suppress`,
      'POST /alerts/absent/actions/suppress',
    ]);
  });

  it('fails with the answer of OpsRamp where every alert is refused', async () => {
    const pod = await startPod();
    const params = { action: 'close', description, alerts: ['absent'] };
    const job = await pod.harness().run(ACT, params);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.not-found', vendorStatus: 500 },
    });
  });

  it('acts once more where the answer was lost', async () => {
    const pod = await startPod();
    pod.simulator.faults.add({
      method: 'POST',
      path: `${BELOW}/alerts/*/actions/*`,
      fault: { kind: 'cut' },
    });
    const params = { action: 'close', description, alerts: idsOf(pod) };
    const job = await pod.harness().run(ACT, params);
    expect(job.status).toBe('succeeded');
    expect(alertsOf(pod).every(({ closed }) => closed)).toBe(true);
    expect(pod.requests('POST')).toHaveLength(7);
  });

  it('acts on all that it selected, and on none twice over, whenever its worker is killed', async () => {
    const pod = await startPod({ fleet: { alerts: 4 }, settings: { pageSizeMax: 3 } });
    const params = { action: 'acknowledge', description, select: { acknowledged: false } };
    const steps = await killEverywhere(pod, { type: ACT, params }, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toMatchObject({ alerts: 4, failed: [] });
      expect(alertsOf(pod).every(({ acknowledged }) => acknowledged)).toBe(true);
      expect(pod.requests('POST').length).toBeLessThanOrEqual(5);
      expect(pod.requests('GET').length).toBeLessThanOrEqual(3);
    });
    expect(steps).toBeGreaterThan(25);
  });

  it('S20 only reads when it observes', async () => {
    const pod = await startPod();
    const params = { action: 'close', description, select: { closed: false } };
    const job = await pod.harness().run(ACT, params, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'would close 6 alerts' });
    expect(pod.requests()).toEqual(['GET /alerts/search']);
    expect(job.timeline.filter(({ event }) => event === 'would-call')).toHaveLength(6);
  });
});

describe('AlertsActParams', () => {
  it.each([
    ['neither alerts nor select', {}],
    ['both', { alerts: ['1'], select: { closed: false } }],
    ['an empty selection', { select: {} }],
    ['no alert', { alerts: [] }],
    ['an id that could leave its place in a path', { alerts: ['1/../2'] }],
    ['an unknown state', { select: { states: ['RED'] } }],
    ['a value that OpsRamp would read as two', { select: { metrics: ['a,b'] } }],
    ['a date without a zone', { select: { since: '2026-03-01T00:00:00' } }],
  ])('refuses %s', (_what, params) => {
    const whole = { action: 'close', description, ...params };
    expect(AlertsActParams.safeParse(whole).success).toBe(false);
  });

  it.each(['terminate', 'Acknowledge', ''])('refuses the action %j', (action) => {
    expect(AlertsActParams.safeParse({ action, description, alerts: ['1'] }).success).toBe(false);
  });
});
