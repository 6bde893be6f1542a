import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../../functions/api/contract.ts';
import { jobStatuses } from '../../../shared/jobs/states.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { createEngine } from '../../shared/jobs/engine.ts';
import { done, STEP_TYPE } from '../../shared/jobs/step-type.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createApiBench } from './api-bench.ts';

type Listed = readonly { readonly id: string; readonly status: string }[];

/** Jobs 0 (oldest) to 11; every third `failed`, every second of `globex`. */
async function benchWithJobs() {
  const bench = createApiBench();
  for (let n = 0; n < 12; n += 1) {
    const id = `job_${String(n).padStart(2, '0')}`;
    const account = n % 2 === 0 ? 'globex' : 'acme';
    const status = n % 3 === 0 ? ('failed' as const) : ('queued' as const);
    await bench.engine.store.create(sampleJob({ id, account, status, createdAtMs: 1_000 + n }));
  }
  const list = async (query: Record<string, string>) => {
    const { status, body } = await bench.ask('GET /jobs', { query });
    const jobs = (body['jobs'] ?? []) as Listed;
    return { status, body, ids: jobs.map(({ id }) => id.slice(4)) };
  };
  return { ...bench, list };
}

describe('GET /jobs', () => {
  it('lists the newest first', async () => {
    const { list } = await benchWithJobs();
    const { status, ids, body } = await list({});
    expect([status, ids[0], ids.at(-1), ids.length]).toEqual([200, '11', '00', 12]);
    expect(body).not.toHaveProperty('cursor');
  });

  it.each([
    [{ status: 'failed' }, ['09', '06', '03', '00']],
    [{ account: 'acme', status: 'failed' }, ['09', '03']],
    [{ type: 'automox.servers.batch', limit: '2' }, ['11', '10']],
    [{ type: 'automox.policy.run' }, []],
    [{ account: 'nobody' }, []],
  ])('filters by %j', async (query, expected) => {
    expect((await (await benchWithJobs()).list(query)).ids).toEqual(expected);
  });

  it('walks through all pages by cursor', async () => {
    const { list } = await benchWithJobs();
    const seen: string[] = [];
    let cursor: unknown;
    do {
      const page = await list({ limit: '5', ...(cursor ? { cursor: String(cursor) } : {}) });
      seen.push(...page.ids);
      cursor = page.body['cursor'];
    } while (cursor !== undefined);
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  });

  it.each([
    [{ status: 'done' }, 'status'],
    [{ status: '' }, 'status'],
    [{ status: 'failed,queued' }, 'status'],
    [{ limit: '0' }, 'limit'],
    [{ limit: '201' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: 'all' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ cursor: 'abc' }, 'cursor'],
    [{ cursor: "'; DROP TABLE jobs" }, 'cursor'],
    [{ account: 'a'.repeat(65) }, 'account'],
    [{ type: 't'.repeat(129) }, 'type'],
    [{ statsu: 'failed' }, 'statsu'],
  ])('refuses the query %j, naming %s', async (query, field) => {
    const { status, body } = await (await benchWithJobs()).list(query as Record<string, string>);
    expect([status, body['code']]).toEqual([400, 'request.invalid']);
    expect(body['fields']).toMatchObject([{ field }]);
  });

  it.each(jobStatuses)('knows the status %s', async (status) => {
    expect((await (await benchWithJobs()).list({ status })).status).toBe(200);
  });
});

describe('GET /jobs/{id}', () => {
  it('shows the job with its timeline and without its task token', async () => {
    const { engine, askOf } = createApiBench();
    const { id } = await engine.submit({ taskToken: 'canary-token', params: { devices: [7] } });
    const { status, body } = await askOf('GET /jobs/{id}', id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, type: STEP_TYPE, status: 'queued', params: { devices: [7] } });
    expect(body['timeline']).toMatchObject([{ event: 'received' }, { event: 'queued' }]);
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});

describe('GET /jobs/{id}/result', () => {
  it('gives a small result as JSON', async () => {
    const bench = createApiBench(createEngine({ execute: async () => done({ data: { n: 1 } }) }));
    const { id } = await bench.engine.finish((await bench.engine.submit()).id);
    const { status, body, headers } = await bench.askOf('GET /jobs/{id}/result', id);
    expect([status, body, headers['content-type']]).toEqual([200, { n: 1 }, 'application/json']);
  });

  it('gives a list as gzipped NDJSON', async () => {
    const engine = createEngine({
      async execute({ putPart }) {
        await putPart(0, [{ id: 9007199254740993n }, { id: 2 }]);
        return done({ parts: 1 });
      },
    });
    const bench = createApiBench(engine);
    const { id } = await engine.finish((await engine.submit()).id);
    const { status, bytes, headers } = await bench.askOf('GET /jobs/{id}/result', id);
    expect([status, headers['content-type'], headers['content-encoding']]).toEqual([
      200,
      'application/x-ndjson',
      'gzip',
    ]);
    expect(gunzipSync(bytes).toString()).toBe('{"id":9007199254740993}\n{"id":2}\n');
  });

  it('hands out a link that ends soon to what is too large for one answer', async () => {
    const { engine, askOf } = createApiBench();
    const result = { kind: 'object', key: 'results/big', rows: 9, bytes: 4_000_001 } as const;
    const { id } = sampleJob({ status: 'succeeded', result });
    await engine.store.create(sampleJob({ status: 'succeeded', result }));
    const { status, headers } = await askOf('GET /jobs/{id}/result', id);
    expect([status, headers['location']]).toEqual([
      303,
      `memory:///results/big?lifeMs=${minutes(5)}`,
    ]);
  });

  it('is 409 for a job without one, and 404 for one that is gone', async () => {
    const { engine, askOf } = createApiBench();
    const { id } = await engine.submit();
    const none = await askOf('GET /jobs/{id}/result', id);
    expect([none.status, none.body['code']]).toEqual([409, 'job.result-not-ready']);
    const result = { kind: 'object', key: 'results/gone', rows: 1, bytes: 10 } as const;
    await engine.alter(id, { result });
    const gone = await askOf('GET /jobs/{id}/result', id);
    expect([gone.status, gone.body['code']]).toEqual([404, 'job.not-found']);
  });
});

describe('POST /jobs/{id}/cancel and /retry', () => {
  it('cancels a job and starts it again', async () => {
    const { engine, askOf } = createApiBench();
    const { id } = await engine.submit();
    const cancelled = await askOf('POST /jobs/{id}/cancel', id);
    expect(cancelled).toMatchObject({ status: 202, body: { id, status: 'cancelled' } });
    const retried = await askOf('POST /jobs/{id}/retry', id);
    expect(retried).toMatchObject({ status: 202, body: { id, status: 'queued' } });
    expect((await engine.finish(id)).run).toBe(2);
  });

  it.each([
    ['POST /jobs/{id}/cancel', 'succeeded'],
    ['POST /jobs/{id}/retry', 'succeeded'],
    ['POST /jobs/{id}/retry', 'queued'],
    ['POST /jobs/{id}/cancel', 'rejected'],
  ] as const)('%s of a job that is %s is 409', async (route, status) => {
    const { engine, askOf } = createApiBench();
    const job = sampleJob({ status });
    await engine.store.create(job);
    const answer = await askOf(route, job.id);
    expect([answer.status, answer.body['code']]).toEqual([409, 'job.state-conflict']);
  });
});

describe('a job that is not there', () => {
  const withJob = apiRoutes.map(({ route }) => route).filter((it) => it.includes('/jobs/{id}'));

  it.each(withJob)('is 404 at %s', async (route) => {
    const { askOf } = createApiBench();
    for (const id of ['job_none', '', '../jobs', '__proto__']) {
      const { status, body } = await askOf(route, id);
      expect([status, body['code']]).toEqual([404, 'job.not-found']);
    }
  });
});
