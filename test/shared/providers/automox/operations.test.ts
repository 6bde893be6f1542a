import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Json } from '../../../../shared/kernel/json.ts';
import { call } from '../../../../shared/providers/automox/jobs/call.ts';
import { type Console, ORG, startConsole } from './console.ts';

const CALL = 'automox.call';

/** Whatever the path of an operation needs, of the console as it is at first. */
const groupId = 1_000_001;
const deviceId = 1_001_000;
const policyId = 1_000_100;
const page = { limit: 1, page: 0 };

const extract = {
  type: 'patch-history',
  parameters: { start_time: '2026-02-01T00:00:00Z', end_time: '2026-02-02T00:00:00Z' },
};

async function bodyOf(console: Console, params: Json): Promise<Json> {
  const harness = console.harness();
  const job = await harness.run(CALL, params);
  expect(job).toMatchObject({ status: 'succeeded' });
  return harness.result(job);
}

describe('the operations of the table that no other job type uses', () => {
  it.each([
    [{ operation: 'servers.get', path: { id: deviceId } }, { id: deviceId }],
    [{ operation: 'servergroups.get', path: { id: groupId } }, { name: 'Workstations' }],
    [{ operation: 'policies.get', path: { id: policyId } }, { id: policyId }],
    [{ operation: 'events.list', query: { ...page, eventName: 'system.add' } }, [{}]],
    [{ operation: 'events.list', query: { countOnly: 1 } }, { size: 5 }],
    [
      { operation: 'approvals.list', query: page },
      { size: 7, results: [{ status: 'active' }] },
    ],
    [{ operation: 'orgs.packages.list', path: { orgId: ORG }, query: page }, [{}]],
    [{ operation: 'worklets.list', query: page }, { data: [{ name: 'Disable guest account' }] }],
    [
      {
        operation: 'policies.preview',
        query: { limit: 5 },
        body: {
          device_filters: [{ field: 'os_family', op: 'in', value: ['Windows', 'Mac', 'Linux'] }],
          server_groups: [groupId],
        },
      },
      expect.anything(),
    ],
  ])('answer %j', async (params, body) => {
    expect(await bodyOf(await startConsole(), params)).toMatchObject(body);
  });

  it('make an extract, tell of it, and give it as text once it is complete', async () => {
    const console = await startConsole({ settings: { extractStepMs: 60_000 } });
    const harness = console.harness();
    const made = await harness.run(CALL, { operation: 'data-extracts.create', body: extract });
    const { id } = (await harness.result(made)) as { id: number };
    const ask = async (operation: string) => harness.run(CALL, { operation, path: { id } });
    expect(await harness.result(await ask('data-extracts.get'))).toMatchObject({
      status: 'queued',
    });
    expect(await ask('data-extracts.download')).toMatchObject({
      status: 'failed',
      error: { code: 'provider.conflict' },
    });
    harness.clock.leapTo(harness.clock.nowMs() + 120_000);
    expect(await harness.result(await ask('data-extracts.download'))).toContain('device,patch');
    harness.clock.leapTo(harness.clock.nowMs() + 60_000);
    expect(await ask('data-extracts.download')).toMatchObject({
      status: 'failed',
      error: { vendorStatus: 410 },
    });
  });

  it('is uncertain where the start of an extract is not answered', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const params = { operation: 'data-extracts.create', body: extract };
    expect(await console.harness().run(CALL, params)).toMatchObject({ status: 'uncertain' });
  });
});

describe('automox.call', () => {
  it('reads no packages of another organization', async () => {
    const console = await startConsole();
    const params = { operation: 'orgs.packages.list', path: { orgId: ORG + 1 } };
    const job = await console.harness().run(CALL, params);
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'job.refused', fields: [{ field: 'params.path.orgId' }] },
    });
    expect(console.requests()).toEqual([]);
  });

  it.each(['orgs.list', 'policy-history.runs', 'webhooks.create'])(
    'does not offer %s',
    (operation) => {
      expect(z.safeParse(call.params, { operation }).success).toBe(false);
    },
  );
});
