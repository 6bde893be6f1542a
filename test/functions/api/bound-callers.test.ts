import { describe, expect, it } from 'vitest';
import { type ApiRoute, apiRoutes } from '../../../functions/api/contract.ts';
import type { Callers } from '../../../shared/config/caller.ts';
import { orderKey } from '../../../shared/jobs/job.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { narrow } from '../../shared/jobs/scripted-vendor.ts';
import { STEP_TYPE } from '../../shared/jobs/step-type.ts';
import type { EventParts } from '../../shared/lambda/http-events.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { type Answer, createApiBench } from './api-bench.ts';

const session = (role: string) => `arn:aws:sts::123456789012:assumed-role/${role}/somebody`;
const callers: Callers = {
  'arn:aws:iam::123456789012:role/service/acme-team': { accounts: ['acme'] },
  'arn:aws:iam::123456789012:role/both': { accounts: ['acme', 'initech'] },
  'arn:aws:iam::123456789012:user/ops/olga': { accounts: '*' },
};

const ofAccount = (account: string) => ({ ...narrow, id: `automox/${account}/narrow` });

/** Three accounts, with two jobs of each and one of an account that is gone, the newest last. */
async function createBoundBench() {
  const engine = createEngine();
  const { acme } = engine.deps.accounts;
  const bench = createApiBench(engine, {
    accounts: { acme, globex: acme, initech: acme },
    budgets: ['acme', 'globex', 'initech'].map(ofAccount),
    callers,
  });
  const accounts = ['acme', 'globex', 'initech', 'acme', 'globex', 'initech', 'gone'];
  for (const [n, account] of accounts.entries()) {
    await engine.store.create(sampleJob({ id: `job_${n}`, account, createdAtMs: 1_000 + n }));
  }
  const idsSeen = async (caller: string, query: Record<string, string> = {}) => {
    const { body } = await bench.ask('GET /jobs', { caller, query });
    return (body['jobs'] as readonly { id: string }[]).map(({ id }) => id);
  };
  return { ...bench, idsSeen };
}

const globexJob: EventParts = { path: { id: 'job_1' } };
const noJob: EventParts = { path: { id: 'job_none' } };
const globexBudget: EventParts = { path: { id: 'automox/globex/narrow' } };
const noBudget: EventParts = { path: { id: 'automox/nobody/narrow' } };
const globexParts: EventParts = {
  path: { provider: 'automox', account: 'globex', name: 'narrow' },
};
const noParts: EventParts = { path: { provider: 'automox', account: 'nobody', name: 'narrow' } };
const submitTo = (account: string): EventParts => ({
  body: JSON.stringify({ type: STEP_TYPE, account, params: {}, idempotencyKey: 'guessed' }),
});

/** Each route, asked for what is another account's, and for what is nobody's. */
const matrix: Readonly<Record<ApiRoute, readonly [other: EventParts, none: EventParts, number]>> = {
  'POST /jobs': [submitTo('globex'), submitTo('nobody'), 400],
  'GET /jobs': [{ query: { account: 'globex' } }, { query: { account: 'nobody' } }, 200],
  'GET /jobs/{id}': [globexJob, noJob, 404],
  'GET /jobs/{id}/result': [globexJob, noJob, 404],
  'POST /jobs/{id}/cancel': [globexJob, noJob, 404],
  'POST /jobs/{id}/retry': [globexJob, noJob, 404],
  'GET /job-types': [{}, {}, 200],
  'GET /budgets': [{}, {}, 200],
  'POST /budgets/{id}/pause': [globexBudget, noBudget, 404],
  'POST /budgets/{id}/resume': [globexBudget, noBudget, 404],
  'POST /budgets/{provider}/{account}/{name}/pause': [globexParts, noParts, 404],
  'POST /budgets/{provider}/{account}/{name}/resume': [globexParts, noParts, 404],
  'GET /health': [{}, {}, 200],
};

/** What the answer says, without what differs from one request to the next. */
const told = ({ status, headers, body }: Answer) => {
  const { requestId: _request, jobId: _row, ...rest } = body;
  return JSON.stringify([status, headers, rest]).replaceAll(/globex|nobody/g, 'ACCOUNT');
};

describe('S19 a caller that is bound to an account', () => {
  it.each(apiRoutes.map(({ route }) => route))(
    'hears at %s of another account what it hears of one that is not there',
    async (route) => {
      const { ask, engine } = await createBoundBench();
      const [other, none, status] = matrix[route];
      const caller = session('acme-team');
      const before = await engine.find('job_1');
      const answer = await ask(route, { ...other, caller });
      expect(answer.status).toBe(status);
      expect(told(answer)).toBe(told(await ask(route, { ...none, caller })));
      expect(JSON.stringify(answer.body)).not.toMatch(/initech|job_1\b/);
      expect(await engine.find('job_1')).toEqual(before);
    },
  );

  it('reads, cancels and retries its own jobs, and pauses its own budgets', async () => {
    const { ask } = await createBoundBench();
    const own = { caller: session('acme-team'), path: { id: 'job_0' } };
    expect((await ask('GET /jobs/{id}', own)).body).toMatchObject({ account: 'acme' });
    expect((await ask('POST /jobs/{id}/cancel', own)).status).toBe(202);
    expect((await ask('POST /jobs/{id}/retry', own)).status).toBe(202);
    const budget = { ...own, path: { id: narrow.id } };
    expect((await ask('POST /budgets/{id}/pause', budget)).status).toBe(200);
  });

  it('submits to its own account', async () => {
    const { ask } = await createBoundBench();
    const answer = await ask('POST /jobs', { ...submitTo('acme'), caller: session('acme-team') });
    expect(answer.status).toBe(202);
  });

  it('lists the jobs and budgets of its accounts alone', async () => {
    const { ask, idsSeen } = await createBoundBench();
    expect(await idsSeen(session('acme-team'))).toEqual(['job_3', 'job_0']);
    expect(await idsSeen(session('both'))).toEqual(['job_5', 'job_3', 'job_2', 'job_0']);
    expect(await idsSeen(session('both'), { account: 'initech' })).toEqual(['job_5', 'job_2']);
    const { body } = await ask('GET /budgets', { caller: session('acme-team') });
    expect(body['budgets']).toEqual([expect.objectContaining({ id: 'automox/acme/narrow' })]);
  });

  it('meets each job once on its way through the pages of several accounts', async () => {
    const { ask } = await createBoundBench();
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const query = { limit: '1', ...(cursor ? { cursor: String(cursor) } : {}) };
      const { body } = await ask('GET /jobs', { caller: session('both'), query });
      seen.push(...(body['jobs'] as readonly { id: string }[]).map(({ id }) => id));
      cursor = body['cursor'];
    } while (cursor !== undefined);
    expect(seen).toEqual(['job_5', 'job_3', 'job_2', 'job_0']);
  });

  it('gets nothing from a cursor that another account gave', async () => {
    const { idsSeen } = await createBoundBench();
    const cursor = orderKey({ id: 'job_4', createdAtMs: 1_004 });
    expect(await idsSeen(session('acme-team'), { cursor })).toEqual(['job_3', 'job_0']);
  });
});

describe('S19 who is not named', () => {
  it.each([
    ['another role', session('intruder')],
    ['a user of a role’s name', 'arn:aws:iam::123456789012:user/acme-team'],
    ['the role of that name in another AWS account', session('acme-team').replace('1234', '9999')],
    ['a federated user', 'arn:aws:sts::123456789012:federated-user/acme-team'],
    ['a session that is called like the role', session('x').replace('somebody', 'acme-team')],
    ['nobody', ''],
  ])('sees no account: %s', async (_who, caller) => {
    const { idsSeen, ask } = await createBoundBench();
    expect(await idsSeen(caller)).toEqual([]);
    expect((await ask('GET /jobs/{id}', { ...globexJob, caller })).status).toBe(404);
    expect((await ask('GET /budgets', { caller })).body['budgets']).toEqual([]);
  });

  it('sees no account where the gateway names no caller', async () => {
    const { ask } = await createBoundBench();
    expect((await ask('GET /jobs')).body['jobs']).toEqual([]);
  });

  it('takes a caller from the gateway alone, never from a header', async () => {
    const { ask } = await createBoundBench();
    const headers = { 'x-amzn-iam-user-arn': session('acme-team'), authorizer: 'acme-team' };
    expect((await ask('GET /jobs', { headers })).body['jobs']).toEqual([]);
  });
});

describe('S19 who sees all', () => {
  it('is a caller of "*", also of accounts that the config no longer has', async () => {
    const { idsSeen } = await createBoundBench();
    expect(await idsSeen('arn:aws:iam::123456789012:user/ops/olga')).toHaveLength(7);
  });

  it('is every caller where the config binds none', async () => {
    const { ask, engine } = createApiBench();
    await engine.store.create(sampleJob({ account: 'globex' }));
    const { body } = await ask('GET /jobs', { caller: session('anybody') });
    expect(body['jobs']).toHaveLength(1);
  });
});
