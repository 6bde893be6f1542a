import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Pod, startPod } from '../pod.ts';

const QUERY = 'opsramp.alerts.query';

const idsOf = (rows: unknown): string[] =>
  (rows as { uniqueId: string }[]).map(({ uniqueId }) => uniqueId);
const alertsOf = (pod: Pod) => [...pod.tenant().alerts.values()].map(({ alert }) => alert);

describe('opsramp.alerts.query', () => {
  it.each([
    [0, 1],
    [1, 1],
    [500, 1],
    [501, 2],
    [1_000, 2],
  ])('lists each of %i alerts once in %i calls', async (alerts, calls) => {
    const pod = await startPod({ fleet: { alerts } });
    const harness = pod.harness();
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', result: { kind: 'object', rows: alerts } });
    expect(idsOf(await harness.result(job))).toEqual(alertsOf(pod).map((alert) => alert.uniqueId));
    expect(pod.requests()).toEqual(Array(calls).fill('GET /alerts/search'));
    expect(job.warnings).toBeUndefined();
  });

  it.each(['absent', 'zero'] as const)('ends where nextPageNo is %s', async (lastNextPageNo) => {
    const pod = await startPod({
      fleet: { alerts: 7 },
      settings: { pageSizeMax: 3, lastNextPageNo },
    });
    const job = await pod.harness().run(QUERY, {});
    expect(job).toMatchObject({ result: { rows: 7 } });
    expect(pod.requests()).toHaveLength(3);
  });

  it('sends what OpsRamp can search by, and encodes it', async () => {
    const pod = await startPod();
    await pod.harness().run(QUERY, {
      filters: {
        states: ['CRITICAL', 'WARNING'],
        priorities: ['P0'],
        since: '2026-01-01T00:00:00+02:00',
        until: '2026-02-01T00:00:00Z',
        resourceTypes: ['Windows'],
      },
    });
    const search = pod.simulator.arrivals.find(({ path }) => path.endsWith('/search'));
    const query = new URLSearchParams(search?.query);
    expect(query.get('queryString')).toBe(
      'states:CRITICAL,WARNING+startDate:2025-12-31T22:00:00+0000' +
        '+endDate:2026-02-01T00:00:00+0000+priority:P0+resourceType:Windows',
    );
    expect(search?.query).toContain('%2B0000%2BendDate');
    expect(query.get('isDescendingOrder')).toBe('false');
  });

  it('filters by service, subject and marks itself', async () => {
    const pod = await startPod({ fleet: { alerts: 90 } });
    const harness = pod.harness();
    const all = alertsOf(pod);
    for (const alert of all.slice(0, 30)) alert.acknowledged = true;
    const filters = { serviceName: 'system.ping', subject: 'IS WARN', acknowledged: false };
    const job = await harness.run(QUERY, { filters });
    const expected = all.filter(
      ({ serviceName, currentState, acknowledged }) =>
        serviceName === 'system.ping' && currentState === 'Warning' && !acknowledged,
    );
    expect(expected.length).toBeGreaterThan(1);
    expect(idsOf(await harness.result(job))).toEqual(expected.map(({ uniqueId }) => uniqueId));
    expect(job.summary).toBe(`${expected.length} alerts listed of 90 read`);
  });

  it('finds the alerts of a host by its exact name, in any case', async () => {
    const pod = await startPod({ fleet: { alerts: 90, resources: 12 } });
    const harness = pod.harness();
    const all = alertsOf(pod);
    const hostName = String(all.find(({ resource }) => resource)?.resource?.['hostName']);
    const expected = all.filter(({ resource }) => resource?.['hostName'] === hostName);
    const idsFor = async (name: string) => {
      const job = await harness.run(QUERY, { filters: { hostName: name } });
      return idsOf(await harness.result(job));
    };
    expect(await idsFor(hostName.toUpperCase())).toEqual(expected.map((it) => it.uniqueId));
    expect(await idsFor(hostName.slice(0, -1))).toEqual([]);
    expect(await idsFor('*')).toEqual([]);
  });

  it.each(['device', 'resource'])(
    'knows a host that only the %s of an alert names',
    async (side) => {
      const pod = await startPod({ fleet: { alerts: 1 } });
      const [alert] = alertsOf(pod);
      Object.assign(alert ?? {}, { device: undefined, resource: undefined });
      Object.assign(alert ?? {}, { [side]: { hostName: 'web-01' } });
      const job = await pod.harness().run(QUERY, { filters: { hostName: 'web-01' } });
      expect(job).toMatchObject({ result: { rows: 1 } });
    },
  );

  it('misses none of those that were there while others come in, and says so', async () => {
    const pod = await startPod({
      fleet: { alerts: 20 },
      settings: { pageSizeMax: 5, alertsPerPageTurn: 2 },
    });
    const before = alertsOf(pod).map(({ uniqueId }) => uniqueId);
    const harness = pod.harness();
    const job = await harness.run(QUERY, { fields: ['uniqueId', 'colour'] });
    const rows = await harness.result(job);
    expect(idsOf(rows).slice(0, before.length)).toEqual(before);
    expect(new Set(idsOf(rows)).size).toBe(idsOf(rows).length);
    expect(rows).toContainEqual({ uniqueId: before[0], colour: null });
    expect(job.warnings).toEqual([
      'the alerts changed while they were listed: one may be missing, or be there twice',
    ]);
  });

  it('never asks for more than 50 pages in a minute', async () => {
    const pod = await startPod({ fleet: { alerts: 52 }, settings: { pageSizeMax: 1 } });
    const job = await pod.harness().run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 52 } });
    const { limits } = pod.simulator.audit();
    expect(limits['client.alerts.paged']).toMatchObject({ fullest: 50, refused: 0 });
  });

  it('lists each alert once, whenever its worker is killed', async () => {
    const pod = await startPod({ fleet: { alerts: 5 }, settings: { pageSizeMax: 3 } });
    const expected = alertsOf(pod).map(({ uniqueId }) => uniqueId);
    const steps = await killEverywhere(
      pod,
      { type: QUERY, params: {} },
      async ({ harness, job }) => {
        expect(job.status).toBe('succeeded');
        expect(idsOf(await harness.result(job))).toEqual(expected);
        expect(pod.requests().length).toBeLessThanOrEqual(3);
      },
    );
    expect(steps).toBeGreaterThan(15);
  });
});
