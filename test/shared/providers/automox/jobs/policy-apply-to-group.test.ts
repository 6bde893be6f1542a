import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const APPLY = 'automox.policy.apply-to-group';

/** "Critical patches on servers", linked with group 1000002; its configuration has a key of its own. */
const policyId = 1_000_101;
const groupId = 1_000_003;

const linkedGroups = (console: Console) => console.org().policies.get(policyId)?.server_groups;
const runs = (console: Console) => console.org().runs.length;

describe('automox.policy.apply-to-group', () => {
  it('adds the group and keeps all that it read', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const before = structuredClone(console.org().policies.get(policyId));
    const job = await harness.run(APPLY, { policyId, groupId });
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toEqual({ policyId, groupId, changed: true, run: false });
    expect(console.org().policies.get(policyId)).toEqual({
      ...before,
      server_groups: [1_000_002, groupId],
    });
    expect(console.requests()).toEqual([
      `GET /policies/${policyId}`,
      'GET /servergroups',
      `PUT /policies/${policyId}`,
    ]);
  });

  it('sends back the id and nothing else that Automox computes', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(APPLY, { policyId, groupId });
    const sent = harness.calls.at(-1)?.body ?? {};
    expect(sent).toMatchObject({ id: policyId, organization_id: 9237 });
    for (const key of ['uuid', 'policy_uuid', 'create_time', 'server_count', 'status']) {
      expect(sent).not.toHaveProperty(key);
    }
  });

  it('links a policy that has no group yet', async () => {
    const console = await startConsole();
    const job = await console.harness().run(APPLY, { policyId: 1_000_102, groupId });
    expect(job.status).toBe('succeeded');
    expect(console.org().policies.get(1_000_102)?.server_groups).toEqual([groupId]);
  });

  it('succeeds without a write when the link is there', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(APPLY, { policyId, groupId: 1_000_002 });
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toMatchObject({ changed: false });
    expect(console.requests()).toEqual([`GET /policies/${policyId}`]);
  });

  for (const [what, params] of [
    ['policy', { policyId: 4_711, groupId }],
    ['group', { policyId, groupId: 4_711 }],
  ] as const) {
    it(`fails as not found, without a write, for an absent ${what}`, async () => {
      const console = await startConsole();
      const job = await console.harness().run(APPLY, params);
      expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
      expect(console.requests('PUT')).toEqual([]);
    });
  }

  it('fails as unauthorized when the key may not list groups', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ path: '/servergroups', fault: { kind: 'status', status: 403 } });
    const job = await console.harness().run(APPLY, { policyId, groupId });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
  });

  it('reads again before it repeats a write whose answer was lost', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'PUT', fault: { kind: 'cut' } });
    const job = await harness.run(APPLY, { policyId, groupId });
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toMatchObject({ changed: true });
    expect(console.requests('PUT')).toHaveLength(1);
    expect(linkedGroups(console)).toEqual([1_000_002, groupId]);
  });

  it('runs the policy once it is linked', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(APPLY, { policyId, groupId, run: true });
    expect(job.status).toBe('succeeded');
    expect(harness.calls.at(-1)?.body).toEqual({ action: 'remediateAll' });
    expect(runs(console)).toBe(1);
  });

  it('is uncertain, and does not run the policy again, when the run is not answered', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const job = await harness.run(APPLY, { policyId, groupId, run: true });
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
    expect(runs(console)).toBe(1);
  });

  it('is partial when the run is refused, and a retry only runs', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 409 } });
    const job = await harness.run(APPLY, { policyId, groupId, run: true });
    expect(job.status).toBe('partial');
    expect(job.summary).toContain('but not run: Automox answered 409');
    const requests = console.requests().length;
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
    expect(console.requests().slice(requests)).toEqual([`POST /policies/${policyId}/action`]);
  });

  it('never runs the policy twice, whenever its worker is killed', async () => {
    const console = await startConsole();
    const seen = new Set<string>();
    const request = { type: APPLY, params: { policyId, groupId, run: true } };
    await killEverywhere(console, request, ({ job }) => {
      seen.add(job.status);
      expect(linkedGroups(console)).toEqual([1_000_002, groupId]);
      expect(console.requests('POST').length).toBeLessThanOrEqual(1);
      if (job.status === 'succeeded') expect(runs(console)).toBe(1);
    });
    expect(seen).toEqual(new Set(['succeeded', 'uncertain']));
  });

  it('S20 only reads when it observes', async () => {
    const console = await startConsole();
    const params = { policyId, groupId, run: true };
    const job = await console.harness().run(APPLY, params, { mode: 'observe' });
    expect(job.status).toBe('succeeded');
    expect(console.requests()).toEqual([`GET /policies/${policyId}`, 'GET /servergroups']);
    expect(job.timeline.filter(({ event }) => event === 'would-call')).toHaveLength(2);
  });
});
