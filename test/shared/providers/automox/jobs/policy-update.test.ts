import { describe, expect, it } from 'vitest';
import { PolicyUpdateParams } from '../../../../../shared/providers/automox/jobs/policy-update.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const UPDATE = 'automox.policy.update';
const policyId = 1_000_101;
const set = { schedule: { days: ['sat'], time: '03:00' }, configuration: { auto_reboot: false } };

const stored = (console: Console) => console.org().policies.get(policyId);

describe('automox.policy.update', () => {
  it('changes what it names, and nothing else', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const before = structuredClone(stored(console));
    const job = await harness.run(UPDATE, { policyId, set });
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toEqual({
      policyId,
      changed: ['schedule_days', 'schedule_time', 'configuration.auto_reboot'],
    });
    expect(stored(console)).toEqual({
      ...before,
      schedule_days: 64,
      schedule_time: '03:00',
      configuration: { ...before?.configuration, auto_reboot: false },
    });
    expect(console.requests()).toEqual([`GET /policies/${policyId}`, `PUT /policies/${policyId}`]);
  });

  it('gives a policy another name, other notes and other groups', async () => {
    const console = await startConsole();
    const change = { name: 'Renamed', notes: 'why', server_groups: [] };
    const job = await console.harness().run(UPDATE, { policyId, set: change });
    expect(job.status).toBe('succeeded');
    expect(stored(console)).toMatchObject(change);
  });

  it('keeps a field that nobody documented', async () => {
    const console = await startConsole();
    await console.harness().run(UPDATE, { policyId, set });
    expect(stored(console)?.configuration).toHaveProperty('is_patch_tuesday', false);
  });

  it('changes each kind of policy', async () => {
    const console = await startConsole();
    for (const id of console.org().policies.keys()) {
      const job = await console.harness().run(UPDATE, { policyId: id, set: { notes: 'seen' } });
      expect(job.status).toBe('succeeded');
    }
    expect([...console.org().policies.values()].map(({ notes }) => notes)).toEqual(
      Array(4).fill('seen'),
    );
  });

  it('writes nothing where the policy is so already', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(UPDATE, { policyId, set });
    const job = await harness.run(UPDATE, { policyId, set });
    expect(job.summary).toBe(`policy ${policyId} is so already`);
    expect(console.requests('PUT')).toHaveLength(1);
  });

  it('is refused, without a write, where no valid policy would result', async () => {
    const console = await startConsole();
    const wrong = { configuration: { severity_filter: [] } };
    const job = await console.harness().run(UPDATE, { policyId, set: wrong });
    expect(job).toMatchObject({
      status: 'failed',
      error: {
        code: 'job.refused',
        fields: [{ field: 'params.set.configuration.severity_filter' }],
      },
    });
    expect(console.requests('PUT')).toEqual([]);
  });

  for (const [what, status, code] of [
    ['there is no such policy', 404, 'provider.not-found'],
    ['the key may not write', 403, 'provider.unauthorized'],
    ['the name is taken', 409, 'provider.conflict'],
  ] as const) {
    it(`fails where ${what}`, async () => {
      const console = await startConsole();
      console.simulator.faults.add({ method: 'PUT', fault: { kind: 'status', status } });
      const job = await console.harness().run(UPDATE, { policyId, set });
      expect(job).toMatchObject({ status: 'failed', error: { code } });
    });
  }

  it('says what it changed, whenever its worker is killed', async () => {
    const console = await startConsole();
    const request = { type: UPDATE, params: { policyId, set } };
    const steps = await killEverywhere(console, request, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toMatchObject({ changed: { length: 3 } });
      expect(stored(console)?.schedule_days).toBe(64);
      expect(console.requests('PUT').length).toBeLessThanOrEqual(2);
    });
    expect(steps).toBeGreaterThan(8);
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const job = await console.harness().run(UPDATE, { policyId, set }, { mode: 'observe' });
    expect(job.summary).toMatch(/^would change/);
    expect(console.requests()).toEqual([`GET /policies/${policyId}`]);
  });
});

describe('PolicyUpdateParams', () => {
  for (const change of [
    {},
    { name: '' },
    { schedule: { days: ['sat'] } },
    { policy_type_name: 'custom' },
  ]) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      expect(PolicyUpdateParams.safeParse({ policyId: 1, set: change }).success).toBe(false);
    });
  }
});
