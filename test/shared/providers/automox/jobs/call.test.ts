import { describe, expect, it } from 'vitest';
import { newJob } from '../../../../../shared/jobs/new-job.ts';
import { parseJobRequest } from '../../../../../shared/jobs/parse-job-request.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import { automox } from '../../../../../shared/providers/automox/automox.ts';
import { catalogOf } from '../../../../../shared/providers/job-catalog.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { accountOf } from '../../../../support/sample-accounts.ts';
import { ORG, startConsole } from '../console.ts';

const CALL = 'automox.call';
const NOW_MS = Date.UTC(2026, 2, 1);
const rules = { catalog: catalogOf([automox]), accounts: { acme: accountOf('automox') } };

const groupOf = (params: Json): string => {
  const request = { type: CALL, account: 'acme', params };
  return newJob(parseJobRequest(request, rules, NOW_MS), { way: 'http' }, NOW_MS).group;
};

const problemsOf = (params: Json): unknown => {
  try {
    return groupOf(params);
  } catch (error) {
    return error;
  }
};

describe('automox.call', () => {
  it('gives the answer of the one operation', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [id = 0] = console.org().policies.keys();
    const job = await harness.run(CALL, { operation: 'policies.get', path: { id } });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'policies.get answered 200' });
    expect(await harness.result(job)).toMatchObject({ id });
    expect(console.requests()).toEqual([`GET /policies/${id}`]);
  });

  it('gives a list as rows', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const query = { limit: 3, page: 1 };
    const job = await harness.run(CALL, { operation: 'servers.list', query });
    expect(job).toMatchObject({ summary: 'servers.list answered 200 with 2 rows' });
    expect(job.result).toMatchObject({ kind: 'object', rows: 2 });
    expect(await harness.result(job)).toHaveLength(2);
  });

  it('acts in the organization of the account, and in no other', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(CALL, { operation: 'policies.list', query: { limit: 1 } });
    expect(console.simulator.arrivals[0]?.query).toContain(`o=${ORG}`);
    const body = { ...policy('Elsewhere'), organization_id: 1 };
    const job = await harness.run(CALL, { operation: 'policies.create', body });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(console.requests('POST')).toEqual([]);
  });

  it('waits in the line of the budget that the operation spends first', () => {
    expect(groupOf({ operation: 'servers.list', query: { limit: 1, page: 0 } })).toBe(
      'acme/servers.list/default/normal/0',
    );
    expect(groupOf({ operation: 'policies.get', path: { id: 7 } })).toBe(
      'acme/account/default/normal/0',
    );
  });

  it.each([
    [{ operation: 'orgs.delete' }, 'params.operation'],
    [{ operation: 'https://example.com/' }, 'params.operation'],
    [{ operation: 'policies.get' }, 'params.path'],
    [{ operation: 'policies.get', path: { id: '../orgs' } }, 'params.path.id'],
    [{ operation: 'policies.get', path: { id: 7, to: 1 } }, 'params.path.to'],
    [{ operation: 'policies.get', path: { id: 7 }, query: { o: 1 } }, 'params.query'],
    [{ operation: 'policies.list', query: { o: 1 } }, 'params.query.o'],
    [{ operation: 'policies.list', query: { limit: 501 } }, 'params.query.limit'],
    [{ operation: 'policies.list', host: 'example.com' }, 'params.host'],
    [
      { operation: 'policies.run', path: { id: 7 }, body: { action: 'stop' } },
      'params.body.action',
    ],
  ])('names what is wrong with %j: %s', (params, field) => {
    expect(problemsOf(params)).toMatchObject({ code: 'job.invalid', fields: [{ field }] });
  });

  it('S20 sends no write while it observes, and says what it would call', async () => {
    const console = await startConsole();
    const [id = 0] = console.org().policies.keys();
    const params = { operation: 'policies.delete', path: { id } };
    const { job } = await runOnce(console, params, { mode: 'observe' });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: 'would call policies.delete: DELETE /policies/{id}',
    });
    expect(job.timeline).toContainEqual(expect.objectContaining({ event: 'would-call' }));
    expect(console.requests()).toEqual([]);
  });
});

describe('automox.call that is not answered', () => {
  it.each(['policies.create', 'policies.run'] as const)(
    'is uncertain and not sent again for %s',
    async (operation) => {
      const console = await startConsole();
      const [id = 0] = console.org().policies.keys();
      console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
      const { job } = await runOnce(console, callOf(operation, id));
      expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
      expect(console.requests('POST')).toHaveLength(1);
    },
  );

  it('is sent again where the second time changes nothing more', async () => {
    const console = await startConsole();
    const [device] = console.devices();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const body = {
      devices: [device?.id ?? 0],
      actions: [{ attribute: 'tags', action: 'apply', value: ['pilot'] }],
    };
    const { job } = await runOnce(console, { operation: 'servers.batch', body });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(console.requests('POST')).toHaveLength(2);
  });

  it.each([{ kind: 'cut' }, { kind: 'status', status: 502, acted: true }] as const)(
    'has deleted what a repeat no longer finds, and says so: %j',
    async (fault) => {
      const console = await startConsole();
      const harness = console.harness();
      const [id = 0] = console.org().policies.keys();
      console.simulator.faults.add({ method: 'DELETE', fault });
      const job = await harness.run(CALL, { operation: 'policies.delete', path: { id } });
      expect(job).toMatchObject({
        status: 'succeeded',
        summary: 'policies.delete answered 404',
        warnings: [expect.stringContaining('may have deleted it')],
      });
      expect(await harness.result(job)).toBeNull();
      expect(console.requests()).toHaveLength(2);
    },
  );

  it('fails where the first DELETE finds nothing', async () => {
    const harness = (await startConsole()).harness();
    const job = await harness.run(CALL, { operation: 'policies.delete', path: { id: 9 } });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.not-found' } });
    expect(job).not.toHaveProperty('warnings');
  });

  it('deletes wherever its worker is killed', async () => {
    const console = await startConsole();
    const policies = new Map(console.org().policies);
    const [id = 0] = policies.keys();
    const prepare = () => {
      for (const [key, row] of policies) console.org().policies.set(key, row);
    };
    const params = { operation: 'policies.delete', path: { id } };
    await killEverywhere(console, { type: CALL, params, prepare }, ({ job }) => {
      expect(job.status).toBe('succeeded');
      expect(console.org().policies.has(id)).toBe(false);
    });
  });

  it('is sent at most once wherever its worker is killed', async () => {
    const console = await startConsole();
    const [id = 0] = console.org().policies.keys();
    await killEverywhere(console, { type: CALL, params: callOf('policies.run', id) }, ({ job }) => {
      expect(console.requests('POST').length).toBeLessThanOrEqual(1);
      expect(['succeeded', 'uncertain']).toContain(job.status);
      if (job.status === 'succeeded') expect(console.requests('POST')).toHaveLength(1);
    });
  });
});

const policy = (name: string) => ({
  name,
  policy_type_name: 'patch',
  organization_id: ORG,
  schedule_days: 0,
  schedule_time: '01:00',
  notes: '',
  configuration: { patch_rule: 'all', filter_type: 'all', auto_patch: true, auto_reboot: false },
});

const callOf = (operation: 'policies.create' | 'policies.run', id: number): Json =>
  operation === 'policies.create'
    ? { operation, body: policy('New') }
    : { operation, path: { id }, body: { action: 'remediateAll' } };

async function runOnce(
  console: Awaited<ReturnType<typeof startConsole>>,
  params: Json,
  more: { readonly mode?: 'observe' } = {},
) {
  const harness = console.harness();
  const { id } = await harness.submit(CALL, params, more);
  return { harness, job: await harness.finish(id) };
}
