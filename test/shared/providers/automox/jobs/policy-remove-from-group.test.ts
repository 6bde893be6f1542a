import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const REMOVE = 'automox.policy.remove-from-group';
/** "Patch all workstations", linked with groups 1000001 and 1000003. */
const policyId = 1_000_100;
const groupId = 1_000_001;

const linked = (console: Console) => console.org().policies.get(policyId)?.server_groups;

describe('automox.policy.remove-from-group', () => {
  it('takes the group out and keeps all else', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const before = structuredClone(console.org().policies.get(policyId));
    const job = await harness.run(REMOVE, { policyId, groupId });
    expect(await harness.result(job)).toEqual({ policyId, groupId, changed: true });
    expect(console.org().policies.get(policyId)).toEqual({ ...before, server_groups: [1_000_003] });
    expect(console.requests()).toEqual([`GET /policies/${policyId}`, `PUT /policies/${policyId}`]);
  });

  it('succeeds without a write where there is no link, and where the group is gone', async () => {
    const console = await startConsole();
    for (const other of [1_000_004, 4_711]) {
      const job = await console.harness().run(REMOVE, { policyId, groupId: other });
      expect(job.summary).toBe(`policy ${policyId} does not apply to group ${other}`);
    }
    expect(console.requests('PUT')).toEqual([]);
  });

  it('fails as not found for an absent policy', async () => {
    const console = await startConsole();
    const job = await console.harness().run(REMOVE, { policyId: 4_711, groupId });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
  });

  it('writes nothing over groups that it cannot read', async () => {
    const console = await startConsole();
    const fault = { kind: 'raw', body: '{"id":1,"server_groups":"1000001"}' } as const;
    console.simulator.faults.add({ times: 9, fault });
    const job = await console.harness().run(REMOVE, { policyId, groupId });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.malformed-answer' } });
    expect(console.requests('PUT')).toEqual([]);
  });

  it('parts them, and says so, whenever its worker is killed', async () => {
    const console = await startConsole();
    const request = { type: REMOVE, params: { policyId, groupId } };
    const steps = await killEverywhere(console, request, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toMatchObject({ changed: true });
      expect(linked(console)).toEqual([1_000_003]);
    });
    expect(steps).toBeGreaterThan(8);
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const params = { policyId, groupId };
    const job = await console.harness().run(REMOVE, params, { mode: 'observe' });
    expect(job.summary).toBe(`would take group ${groupId} out of policy ${policyId}`);
    expect(console.requests()).toEqual([`GET /policies/${policyId}`]);
  });
});
