import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const DECIDE = 'automox.approvals.decide';

const approvalIds = (console: Console) => [...console.org().approvals.keys()];
const statuses = (console: Console) =>
  [...console.org().approvals.values()].map(({ status }) => status);

describe('automox.approvals.decide', () => {
  for (const [decision, status] of [
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ] as const) {
    it(`makes each approval ${status}`, async () => {
      const console = await startConsole();
      const harness = console.harness();
      const approvals = approvalIds(console);
      const job = await harness.run(DECIDE, { approvals, decision });
      expect(job).toMatchObject({ status: 'succeeded', summary: `${status} 7 approvals` });
      expect(statuses(console)).toEqual(Array(7).fill(status));
      const again = await harness.run(DECIDE, { approvals, decision });
      expect(again.status).toBe('succeeded');
      expect(statuses(console)).toEqual(Array(7).fill(status));
    });
  }

  it('is seen by the query afterwards', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [one = 0] = approvalIds(console);
    await harness.run(DECIDE, { approvals: [one], decision: 'approve' });
    const rowsOf = async (params: { undecided: boolean; policyId?: number }) =>
      (await harness.run('automox.approvals.query', params)).result;
    expect(await rowsOf({ undecided: true })).toMatchObject({ rows: 6 });
    expect(await rowsOf({ undecided: false, policyId: 1_000_100 })).toMatchObject({ rows: 1 });
    expect(await rowsOf({ undecided: false, policyId: 4_711 })).toMatchObject({ rows: 0 });
  });

  it('goes on past an approval that there is not, and a retry sends only that one', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [one = 0, two = 0] = approvalIds(console);
    const job = await harness.run(DECIDE, { approvals: [one, 4_711, two], decision: 'approve' });
    expect(job).toMatchObject({ status: 'partial', summary: 'approved 2 approvals, 1 failed' });
    expect(await harness.result(job)).toMatchObject({
      failed: [{ code: 'provider.not-found', approvals: [4_711] }],
    });
    const before = console.requests().length;
    await harness.retry(job.id);
    expect(console.requests().slice(before)).toEqual(['PUT /approvals/4711']);
  });

  it('sends a decision again whose answer was lost', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ fault: { kind: 'cut' } });
    const approvals = approvalIds(console).slice(0, 1);
    const job = await console.harness().run(DECIDE, { approvals, decision: 'approve' });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2 });
  });

  it('decides each, whenever its worker is killed', async () => {
    const console = await startConsole();
    const params = { approvals: approvalIds(console).slice(0, 3), decision: 'reject' };
    const steps = await killEverywhere(console, { type: DECIDE, params }, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded', summary: 'rejected 3 approvals' });
      expect(statuses(console).filter((status) => status === 'rejected')).toHaveLength(3);
      expect(console.requests().length).toBeLessThanOrEqual(4);
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('S20 makes no call when it observes', async () => {
    const console = await startConsole();
    const params = { approvals: approvalIds(console), decision: 'reject' };
    const job = await console.harness().run(DECIDE, params, { mode: 'observe' });
    expect(job.summary).toBe('would reject 7 approvals');
    expect(console.requests()).toEqual([]);
  });
});
