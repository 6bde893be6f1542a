import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { startPod } from '../pod.ts';
import { agentIds } from './patch-agents.ts';

const APPROVE = 'opsramp.patches.approve';

describe('opsramp.patches.approve', () => {
  const patches = ['PATCH-00000001', 'PATCH-00000002'];

  it.each([
    ['approve', 'APPROVED', 'approved'],
    ['unapprove', 'NOT_APPROVED', 'unapproved'],
  ])('can %s patches, one call a resource', async (decision, status, done) => {
    const pod = await startPod();
    const harness = pod.harness();
    const resources = agentIds(pod);
    const job = await harness.run(APPROVE, { resources, patches, decision });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.summary).toBe(`${done} patches of ${resources.length} resources`);
    const rows = [...pod.tenant().patches.values()].flat();
    const meant = rows.filter(({ patch }) => patches.includes(patch.id));
    expect(meant.every(({ approvalStatus }) => approvalStatus === status)).toBe(true);
    expect(pod.requests()).toHaveLength(resources.length);
  });

  it('reports what OpsRamp refused inside of a success', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [resource = ''] = agentIds(pod);
    const params = { resources: [resource], patches: [...patches, 'PATCH-9'] };
    const job = await harness.run(APPROVE, params);
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toBe('approved patches of 1 resource, 1 patches not known there');
    expect(await harness.result(job)).toMatchObject({
      invalidPatches: [{ resource, patches: ['PATCH-9'] }],
    });
  });

  it('goes on after a resource that is refused, and fails where all are', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const [resource = ''] = agentIds(pod);
    const job = await harness.run(APPROVE, { resources: ['absent', resource], patches });
    expect(job).toMatchObject({ status: 'partial' });
    expect(await harness.result(job)).toMatchObject({
      failed: [{ code: 'provider.not-found', resources: ['absent'] }],
    });
    const failed = await harness.run(APPROVE, { resources: ['absent'], patches });
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('approves on every resource, whenever its worker is killed', async () => {
    const pod = await startPod({ fleet: { resources: 3 } });
    const resources = agentIds(pod);
    const request = {
      type: APPROVE,
      params: { resources, patches: ['PATCH-00000001', 'PATCH-9'] },
    };
    await killEverywhere(pod, request, async ({ harness, job }) => {
      expect(job.status).toBe('partial');
      expect(await harness.result(job)).toMatchObject({
        invalidPatches: resources.map((resource) => ({ resource, patches: ['PATCH-9'] })),
      });
    });
  });
});
