import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { BELOW, type Pod, startPod } from '../pod.ts';

const PUSH = 'opsramp.metrics.push';
const QUERY = 'opsramp.metrics.query';
const EXPORT = 'opsramp.export.run';

const idOf = (pod: Pod): string => [...pod.tenant().resources.keys()][0] ?? '';
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();
const valuesOf = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: n + 0.5, at: at(n) }));

describe('opsramp.metrics.push', () => {
  it('pushes values as OpsRamp spells them, 500 a call', async () => {
    const pod = await startPod();
    const params = { resourceId: idOf(pod), metric: 'backup.duration', values: valuesOf(1_001) };
    const job = await pod.harness().run(PUSH, params);
    expect(job.summary).toBe('pushed 1,001 values of backup.duration');
    const series = pod.tenant().metrics.get(`${idOf(pod)} backup.duration`);
    expect(series?.size).toBe(1_001);
    expect(series?.get(Date.UTC(2026, 2, 1, 0, 7) / 1_000)).toBe(7.5);
    expect(pod.requests('POST')).toHaveLength(3);
  });

  it('writes small and large values out in digits', async () => {
    const pod = await startPod();
    const values = [0, 100, 13.5, -0.25, 0.0000001, -123_456_789_012_345].map((value, n) => ({
      value,
      at: at(n),
    }));
    const harness = pod.harness();
    await harness.run(PUSH, { resourceId: idOf(pod), metric: 'm', values });
    const [push] = harness.calls.filter(({ operation }) => operation.id === 'metrics.push');
    const written = ['0', '100', '13.5', '-0.25', '0.0000001', '-123456789012345'];
    expect(push?.body).toMatchObject(written.map((instanceVal) => ({ instanceVal })));
  });

  it('pushes all of them, whenever its worker is killed', async () => {
    const pod = await startPod();
    const params = { resourceId: idOf(pod), metric: 'm', values: valuesOf(501) };
    await killEverywhere(pod, { type: PUSH, params }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(pod.tenant().metrics.get(`${idOf(pod)} m`)?.size).toBe(501);
      expect(pod.requests('POST').length).toBeLessThanOrEqual(3);
    });
  });

  it('S20 fails where the resource is not there, and sends nothing when it observes', async () => {
    const pod = await startPod();
    const params = { resourceId: 'absent', metric: 'm', values: valuesOf(1) };
    const job = await pod.harness().run(PUSH, params);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    const observed = await pod.harness().run(PUSH, params, { mode: 'observe' });
    expect(observed.summary).toBe('would push 1 value of m');
    expect(pod.requests()).toHaveLength(1);
  });
});

describe('opsramp.metrics.query', () => {
  const params = (pod: Pod) => ({
    resourceId: idOf(pod),
    metric: 'm',
    since: '2026-03-01T00:00:00Z',
    until: '2026-03-01T01:00:00Z',
  });

  it('reads the values of a time, naming the tenant in the query', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(PUSH, { resourceId: idOf(pod), metric: 'm', values: valuesOf(3) });
    const job = await harness.run(QUERY, params(pod));
    expect(await harness.result(job)).toEqual([
      {
        data: Object.fromEntries(
          [0, 1, 2].map((n) => [String(Date.UTC(2026, 2, 1, 0, n) / 1_000), n + 0.5]),
        ),
      },
    ]);
    const search = pod.simulator.arrivals.find(({ path }) => path.endsWith('/metric/search'));
    expect(new URLSearchParams(search?.query).get('tenant')).toBe('client_42');
  });

  it('fails where there are more values than OpsRamp gives', async () => {
    const pod = await startPod({ settings: { metricPointsMax: 2 } });
    const harness = pod.harness();
    await harness.run(PUSH, { resourceId: idOf(pod), metric: 'm', values: valuesOf(3) });
    const job = await harness.run(QUERY, params(pod));
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', vendorStatus: 406 },
    });
  });
});

describe('opsramp.export.run', () => {
  const params = { name: 'inventory-1', integrationId: 'INTG-1', type: 'Inventory' };
  const path = `/api/v2/exports/${BELOW.slice('/api/v2/'.length)}/create`;

  it('makes an export once, and reads its id from the text that OpsRamp answers', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const job = await harness.run(EXPORT, params);
    const exportIds = [...pod.tenant().shelves.exports.keys()];
    expect(exportIds).toHaveLength(1);
    expect(await harness.result(job)).toEqual({ name: 'inventory-1', exportIds, created: true });
    expect(job.warnings).toBeUndefined();
    const again = await harness.run(EXPORT, params);
    expect(again.summary).toBe('the export "inventory-1" exists already');
  });

  it('can make one that recurs', async () => {
    const pod = await startPod();
    const schedule = { every: 'Weekly', hour: 2, day: 'Monday' };
    await pod.harness().run(EXPORT, { ...params, schedule });
    expect([...pod.tenant().shelves.exports.values()]).toMatchObject([
      { scheduleType: 'RECURRING', recurringType: 'Weekly', startHours: 2, startDay: 'Monday' },
    ]);
  });

  it.each([true, false])('makes one where the answer is lost (acted: %s)', async (acted) => {
    const pod = await startPod();
    pod.simulator.faults.add({ method: 'POST', path, fault: { kind: 'cut', acted } });
    const job = await pod.harness().run(EXPORT, params);
    expect(job.status).toBe('succeeded');
    expect(pod.tenant().shelves.exports.size).toBe(1);
  });

  it('is uncertain where the text says neither', async () => {
    const pod = await startPod();
    const fault = { kind: 'raw', body: 'OK', contentType: 'text/plain' } as const;
    pod.simulator.faults.add({ method: 'POST', path, fault });
    const job = await pod.harness().run(EXPORT, params);
    expect(job).toMatchObject({ status: 'uncertain' });
  });

  it('makes one, whenever its worker is killed', async () => {
    const pod = await startPod();
    await killEverywhere(pod, { type: EXPORT, params }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(pod.tenant().shelves.exports.size).toBe(1);
    });
  });
});
