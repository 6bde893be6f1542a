import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { startPod } from '../pod.ts';

const QUERY = 'opsramp.resources.query';
const UPDATE = 'opsramp.resource.update';

const idsOf = (rows: unknown): string[] => (rows as { id: string }[]).map(({ id }) => id).sort();

describe('opsramp.resources.query', () => {
  it('lists each resource once, over pages', async () => {
    const pod = await startPod({ fleet: { resources: 501 } });
    const harness = pod.harness();
    const job = await harness.run(QUERY, {});
    expect(idsOf(await harness.result(job))).toEqual([...pod.tenant().resources.keys()].sort());
    expect(pod.requests()).toEqual(['GET /resources/search', 'GET /resources/search']);
  });

  it('filters as OpsRamp does, and gives the chosen fields', async () => {
    const pod = await startPod({ fleet: { resources: 60 } });
    const harness = pod.harness();
    const filters = { resourceType: 'Windows', state: 'active' };
    const job = await harness.run(QUERY, { filters, fields: ['id', 'hostName'] });
    const expected = [...pod.tenant().resources.values()].filter(
      ({ resourceType, state }) => resourceType === 'Windows' && state === 'active',
    );
    const rows = await harness.result(job);
    expect(idsOf(rows)).toEqual(expected.map(({ id }) => id).sort());
    expect(rows).toContainEqual({ id: expected[0]?.id, hostName: expected[0]?.hostName });
  });
});

describe('opsramp.resource.update', () => {
  const changes = { aliasName: 'till-07', description: 'Front till' };

  it('changes what it names and nothing else', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [resource] = [...pod.tenant().resources.values()];
    const before = structuredClone(resource);
    const job = await harness.run(UPDATE, { resourceId: resource?.id ?? '', changes });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(resource).toEqual({ ...before, ...changes, updatedDate: expect.any(String) });
    expect(await harness.result(job)).toMatchObject({ changed: ['aliasName', 'description'] });
  });

  it('fails where there is no such resource, whatever the status says', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(UPDATE, { resourceId: 'absent', changes });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.not-found', vendorStatus: 500 },
    });
  });

  it('keeps to 25 in a minute', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [resourceId = ''] = [...pod.tenant().resources.keys()];
    for (let n = 0; n < 26; n += 1) await harness.run(UPDATE, { resourceId, changes });
    const { limits } = pod.simulator.audit();
    expect(limits['client.device.write']).toMatchObject({ fullest: 25, refused: 0 });
  });

  it('changes it, whenever its worker is killed', async () => {
    const pod = await startPod();
    const [resourceId = ''] = [...pod.tenant().resources.keys()];
    const request = { type: UPDATE, params: { resourceId, changes } };
    await killEverywhere(pod, request, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(pod.tenant().resources.get(resourceId)).toMatchObject(changes);
    });
  });

  it('S20 sends nothing when it observes', async () => {
    const pod = await startPod();
    const job = await pod.harness().run(UPDATE, { resourceId: 'x', changes }, { mode: 'observe' });
    expect(job.summary).toBe('would change aliasName, description of resource x');
    expect(pod.requests()).toEqual([]);
  });
});
