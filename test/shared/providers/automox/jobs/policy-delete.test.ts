import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { startConsole } from '../console.ts';

const DELETE = 'automox.policy.delete';
const policyId = 1_000_102;
const name = 'Worklet: check disk encryption';

describe('automox.policy.delete', () => {
  it('deletes the policy that has the id and the name', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(DELETE, { policyId, name });
    expect(job).toMatchObject({ status: 'succeeded', summary: `deleted the policy "${name}"` });
    expect(await harness.result(job)).toEqual({ policyId, deleted: true });
    expect(console.org().policies.has(policyId)).toBe(false);
  });

  it('succeeds where there is no such policy', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(DELETE, { policyId, name });
    const job = await harness.run(DELETE, { policyId, name });
    expect(job).toMatchObject({ status: 'succeeded', summary: `there is no policy ${policyId}` });
    expect(await harness.result(job)).toEqual({ policyId, deleted: false });
    expect(console.requests('DELETE')).toHaveLength(1);
  });

  it('is refused where the id has another name', async () => {
    const console = await startConsole();
    const job = await console.harness().run(DELETE, { policyId, name: 'Another' });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.name' }] },
    });
    expect(console.requests('DELETE')).toEqual([]);
  });

  it('fails where the key may not delete', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'DELETE', fault: { kind: 'status', status: 403 } });
    const job = await console.harness().run(DELETE, { policyId, name });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
  });

  it('says that it deleted, whenever its worker is killed', async () => {
    const console = await startConsole();
    const request = { type: DELETE, params: { policyId, name } };
    const steps = await killEverywhere(console, request, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toEqual({ policyId, deleted: true });
      expect(console.org().policies.has(policyId)).toBe(false);
    });
    expect(steps).toBeGreaterThan(8);
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const job = await console.harness().run(DELETE, { policyId, name }, { mode: 'observe' });
    expect(job.summary).toBe(`would delete the policy "${name}"`);
    expect(console.requests()).toEqual([`GET /policies/${policyId}`]);
  });
});
