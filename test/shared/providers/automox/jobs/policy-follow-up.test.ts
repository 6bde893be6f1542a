import { describe, expect, it } from 'vitest';
import { minutes } from '../../../../../shared/kernel/duration.ts';
import { PolicyRunParams } from '../../../../../shared/providers/automox/jobs/policy-run.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const RUN = 'automox.policy.run';
const policyId = 1_000_100;
const followUp = { forMinutes: 60 };

/** Every device is in the first group of the policy, and all but `offline` of them answer. */
function connect(console: Console, offline = 0): void {
  for (const [index, device] of console.devices().entries()) {
    Object.assign(device, { server_group_id: 1_000_001, connected: index >= offline });
  }
}

async function startFleet(options: { offline?: number; delayMinutes?: number } = {}) {
  const policyRunDelayMs = minutes(options.delayMinutes ?? 5);
  const console = await startConsole({ settings: { policyRunDelayMs } });
  connect(console, options.offline);
  return console;
}

const results = { success: 5, failed: 0, pending: 0 };

describe('automox.policy.run with a follow-up', () => {
  it('comes back until every device has a result', async () => {
    const console = await startFleet();
    const harness = console.harness();
    const { id } = await harness.submit(RUN, { policyId, followUp });
    const waiting = await harness.deliver(id);
    expect(waiting).toMatchObject({ status: 'waiting', waiting: { for: 'follow-up' } });
    const job = await harness.finish(id);
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: `ran policy ${policyId}: 5 succeeded, 0 failed, 0 pending`,
    });
    expect(await harness.result(job)).toMatchObject({ policyId, results });
    // At once, after 1, 2 and 4 minutes.
    const looks = console.requests('GET').filter((it) => it.includes('policy-runs'));
    expect(looks).toHaveLength(1 + 4);
    expect(console.requests('POST')).toHaveLength(1);
  });

  it('ends where the history ignores the page as it ignores every filter', async () => {
    const console = await startConsole({}, 'process');
    const rows = Array.from({ length: 500 }, (_, at) => ({
      policy_id: 7,
      run_time: '2026-01-05T08:00:00+0000',
      execution_token: String(at),
    }));
    const fault = { kind: 'raw', body: JSON.stringify({ data: rows }) } as const;
    console.simulator.faults.add({ path: '/policy-history/**', times: 100, fault });
    const job = await console.harness().run(RUN, { policyId, followUp: { forMinutes: 1 } });
    expect(job.status).toBe('partial');
    // Two pages a listing: before the run, at once, and when the time is up.
    const pages = console.requests('GET').filter((it) => it.includes('policy-runs'));
    expect(pages).toHaveLength(6);
  });

  it('does not take a former run of the policy for its own', async () => {
    const console = await startFleet();
    const harness = console.harness();
    await harness.run(RUN, { policyId, followUp });
    connect(console, 2);
    const job = await harness.run(RUN, { policyId, followUp: { forMinutes: 10 } });
    expect(await harness.result(job)).toMatchObject({ results: { success: 3, pending: 2 } });
  });

  it('ends without the results that are not known when the time is up, and a retry looks on', async () => {
    const console = await startFleet({ delayMinutes: 90 });
    const harness = console.harness();
    const fromMs = harness.clock.nowMs();
    const job = await harness.run(RUN, { policyId, followUp });
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toContain('5 pending');
    expect(Math.floor((harness.clock.nowMs() - fromMs) / minutes(1))).toBe(60);
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({ status: 'succeeded' });
    expect(console.requests('POST')).toHaveLength(1);
  });

  it('says so where Automox shows no run', async () => {
    const console = await startFleet();
    const harness = console.harness();
    const { id } = await harness.submit(RUN, { policyId, followUp: { forMinutes: 1 } });
    await harness.deliver(id);
    console.org().runs.splice(0);
    const job = await harness.finish(id);
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toContain('shows no run of it yet');
  });

  it('is uncertain, and follows nothing, when the start is not answered', async () => {
    const console = await startFleet();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const job = await console.harness().run(RUN, { policyId, followUp });
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
  });

  it('fails before it starts anything where the history may not be read', async () => {
    const console = await startFleet();
    const fault = { kind: 'status', status: 403 } as const;
    console.simulator.faults.add({ path: '/policy-history/**', fault });
    const job = await console.harness().run(RUN, { policyId, followUp });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
    expect(console.requests('POST')).toEqual([]);
  });

  it('never starts the policy twice, whenever its worker is killed', async () => {
    const console = await startFleet();
    const seen = new Set<string>();
    const request = { type: RUN, params: { policyId, followUp }, prepare: () => connect(console) };
    const steps = await killEverywhere(console, request, async ({ harness, job }) => {
      seen.add(job.status);
      expect(console.requests('POST').length).toBeLessThanOrEqual(1);
      if (job.status !== 'succeeded') return;
      expect(await harness.result(job)).toMatchObject({ results });
    });
    expect(steps).toBeGreaterThan(20);
    expect(seen).toEqual(new Set(['succeeded', 'uncertain']));
  });

  it('S20 makes no call when it observes', async () => {
    const console = await startFleet();
    const job = await console.harness().run(RUN, { policyId, followUp }, { mode: 'observe' });
    expect(job.status).toBe('succeeded');
    expect(console.requests()).toEqual([]);
  });

  it('is not offered for single devices', () => {
    const params = { policyId, devices: [1], followUp };
    expect(PolicyRunParams.safeParse(params).success).toBe(false);
  });
});
