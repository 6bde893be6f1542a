import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const ENSURE = 'automox.policy.ensure';

/** "Critical patches on servers", as the simulator knows it, but for the notes. */
const policyId = 1_000_101;
const policy = {
  name: 'Critical patches on servers',
  policy_type_name: 'patch',
  schedule: { days: 'all', time: '02:00' },
  notes: 'in code',
  server_groups: [1_000_002],
  configuration: {
    auto_patch: true,
    notify_user: false,
    patch_rule: 'filter',
    filter_type: 'severity',
    severity_filter: ['high', 'critical'],
  },
} satisfies Json;

const fresh = { ...policy, name: 'A new policy' };

const stored = (console: Console) => console.org().policies.get(policyId);
const namesakes = (console: Console, name: string) =>
  [...console.org().policies.values()].filter((it) => it.name === name);

describe('automox.policy.ensure', () => {
  it('creates a policy that is not there', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(ENSURE, fresh);
    const [created] = namesakes(console, fresh.name);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(await harness.result(job)).toEqual({ policyId: created?.id, created: true });
  });

  it('changes what differs, and leaves what it does not mention', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const before = structuredClone(stored(console));
    const job = await harness.run(ENSURE, policy);
    expect(job.summary).toBe('changed notes of the policy "Critical patches on servers"');
    expect(await harness.result(job)).toEqual({ policyId, created: false, changed: ['notes'] });
    expect(stored(console)).toMatchObject({
      id: policyId,
      notes: 'in code',
      configuration: { ...before?.configuration, severity_filter: ['high', 'critical'] },
    });
    expect(stored(console)?.configuration).toHaveProperty('is_patch_tuesday', false);
    expect(console.requests()).toEqual(['GET /policies', `PUT /policies/${policyId}`]);
  });

  it('writes nothing the second time', async () => {
    const console = await startConsole();
    const harness = console.harness();
    for (const params of [policy, fresh]) {
      await harness.run(ENSURE, params);
      const before = console.requests().length;
      const job = await harness.run(ENSURE, params);
      expect(job.summary).toBe(`the policy "${params.name}" is so already`);
      expect(console.requests().slice(before)).toEqual(['GET /policies']);
    }
  });

  it('is refused where the policy is of another kind', async () => {
    const console = await startConsole();
    const worklet = {
      ...policy,
      policy_type_name: 'custom',
      configuration: { os_family: 'Mac', evaluation_code: 'exit 0', remediation_code: '' },
    };
    const job = await console.harness().run(ENSURE, worklet);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(console.requests('PUT')).toEqual([]);
  });

  it('fails with the reasons of Automox where it does not take the policy', async () => {
    const console = await startConsole();
    const job = await console.harness().run(ENSURE, { ...fresh, server_groups: [4_711] });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', fields: [{ field: 'server_groups' }] },
    });
  });

  it('says what it changed also where the answer to the write was lost', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut' } });
    const job = await harness.run(ENSURE, policy);
    expect(await harness.result(job)).toMatchObject({ changed: ['notes'] });
    expect(console.requests('PUT')).toHaveLength(1);
  });

  it('brings in line, in a retry, what somebody else created meanwhile', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 400 } });
    const job = await harness.run(ENSURE, fresh);
    expect(job.status).toBe('failed');
    await harness.run(ENSURE, { ...fresh, notes: 'by hand' });
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({
      status: 'succeeded',
      summary: 'changed notes of the policy "A new policy"',
    });
    expect(namesakes(console, fresh.name)).toMatchObject([{ notes: 'in code' }]);
  });

  it('makes exactly one policy, whenever its worker is killed', async () => {
    const console = await startConsole();
    await killEverywhere(console, { type: ENSURE, params: fresh }, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(namesakes(console, fresh.name)).toHaveLength(1);
      expect(await harness.result(job)).toMatchObject({ created: true });
      expect(console.requests('POST')).toHaveLength(1);
    });
  });

  it('brings the policy in line, whenever its worker is killed', async () => {
    const console = await startConsole();
    await killEverywhere(console, { type: ENSURE, params: policy }, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toMatchObject({ policyId, changed: ['notes'] });
      expect(stored(console)?.notes).toBe('in code');
      expect(console.requests('PUT').length).toBeLessThanOrEqual(2);
    });
  });

  for (const params of [policy, fresh]) {
    it(`S20 only reads when it observes "${params.name}"`, async () => {
      const console = await startConsole();
      const job = await console.harness().run(ENSURE, params, { mode: 'observe' });
      expect(job.summary).toMatch(/^would (change notes|create)/);
      expect(console.requests()).toEqual(['GET /policies']);
    });
  }
});
