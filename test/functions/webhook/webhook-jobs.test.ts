import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { STEP_TYPE } from '../../shared/jobs/step-type.ts';
import { github, standardWebhooks } from '../../shared/webhooks/signing.ts';
import { createWebhookBench, manyJobs } from './webhook-bench.ts';

const BODY = '{"ids":[1,2]}';
const down = new SluiceError('store.unavailable', 'the table does not answer');

const jobIds = (body: { readonly [field: string]: unknown }): readonly string[] =>
  (body['jobs'] as readonly { readonly id: string }[]).map(({ id }) => id);

describe('S4 a delivery that is sent again', () => {
  it('makes one job of a hundred at once', async () => {
    const bench = createWebhookBench();
    const posted = await Promise.all(Array.from({ length: 100 }, () => bench.post(BODY)));
    expect(new Set(posted.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(posted.flatMap(({ body }) => jobIds(body))).size).toBe(1);
    expect(await bench.rows()).toHaveLength(1);
  });

  it.each([standardWebhooks, github])('with another body is 422 under $name', async (sender) => {
    const bench = createWebhookBench({ sender });
    await bench.post(BODY);
    const { status, body } = await bench.post('{"ids":[1,2] }');
    expect([status, body['code']]).toEqual([422, 'job.idempotency-conflict']);
    expect((await bench.rows()).map((row) => row.status).sort()).toEqual(['queued', 'rejected']);
    expect(bench.engine.queue.sent).toHaveLength(1);
  });

  it('under another id is another delivery', async () => {
    const bench = createWebhookBench({ sender: github });
    const headers = bench.sign(BODY);
    await bench.post(BODY, headers);
    await bench.post(BODY, { ...headers, 'x-github-delivery': 'another' });
    expect(await bench.rows()).toHaveLength(2);
  });

  it('makes the job that an earlier try could not store', async () => {
    const bench = createWebhookBench();
    bench.engine.store.beforeWrite(() => {
      throw down;
    });
    const { status, body } = await bench.post(BODY);
    expect([status, body['code']]).toEqual([503, 'store.unavailable']);
    bench.engine.store.beforeWrite(undefined);
    expect((await bench.post(BODY)).status).toBe(202);
    expect(await bench.rows()).toHaveLength(1);
  });
});

describe('a delivery that maps to several jobs', () => {
  it('makes them all, each once', async () => {
    const bench = createWebhookBench({ mapping: manyJobs });
    const first = await bench.post('{"items":[1,2,3]}');
    const second = await bench.post('{"items":[1,2,3]}');
    expect(jobIds(first.body)).toHaveLength(3);
    expect(jobIds(second.body)).toEqual(jobIds(first.body));
    expect(await bench.rows()).toHaveLength(3);
  });

  it('makes none where one of them is wrong, and records that one', async () => {
    const bench = createWebhookBench({ mapping: manyJobs });
    const { status, body } = await bench.post('{"items":[1,2,-3,4]}');
    expect(status).toBe(400);
    expect(body['fields']).toMatchObject([{ field: 'params.devices[0]' }]);
    const rows = await bench.rows();
    expect(rows.map((row) => [row.id, row.status])).toEqual([[body['jobId'], 'rejected']]);
    expect((await bench.engine.find(String(body['jobId']))).paramsJson).toContain('[-3]');
    expect(bench.engine.queue.sent).toEqual([]);
  });

  it('makes the rest at the next try where the store failed half way', async () => {
    const bench = createWebhookBench({ mapping: manyJobs });
    let creations = 0;
    bench.engine.store.beforeWrite((kind) => {
      creations += kind === 'create' ? 1 : 0;
      if (kind === 'create' && creations === 2) throw down;
    });
    expect((await bench.post('{"items":[1,2,3]}')).status).toBe(503);
    expect((await bench.post('{"items":[1,2,3]}')).status).toBe(202);
    expect(await bench.rows()).toHaveLength(3);
  });

  it('keeps apart the jobs of the longest names and ids', async () => {
    const source = 's'.repeat(48);
    const bench = createWebhookBench({ sender: github, source, mapping: manyJobs });
    const headers = (id: string) => ({ ...bench.sign('{"items":[1,2]}'), 'x-github-delivery': id });
    for (const last of ['a', 'b']) {
      await bench.post('{"items":[1,2]}', headers('i'.repeat(199) + last));
    }
    expect(await bench.rows()).toHaveLength(4);
  });

  it('makes nothing of an event that the mapping ignores', async () => {
    const bench = createWebhookBench({ mapping: 'payload.kind = "x" ? payload.job : null' });
    expect(await bench.post('{"kind":"y"}')).toMatchObject({ status: 202, body: { jobs: [] } });
    expect(await bench.rows()).toEqual([]);
  });
});

describe('a mapping that gives its own key', () => {
  const mapping = `{
    "type": "${STEP_TYPE}", "account": "acme",
    "idempotencyKey": "ticket-" & payload.ticket,
    "params": { "devices": payload.ids }
  }`;
  const post = (bench: ReturnType<typeof createWebhookBench>, id: string, payload: object) => {
    const body = JSON.stringify(payload);
    return bench.post(body, { ...bench.sign(body), 'x-github-delivery': id });
  };

  it('makes one job of two deliveries that ask for the same', async () => {
    const bench = createWebhookBench({ sender: github, mapping });
    await post(bench, 'd-1', { ticket: 7, ids: [1], sentAt: 1 });
    const { status, body } = await post(bench, 'd-2', { ticket: 7, ids: [1], sentAt: 2 });
    expect([status, body['jobs']]).toEqual([202, [expect.objectContaining({ duplicate: true })]]);
    expect(await bench.rows()).toHaveLength(1);
  });

  it('refuses a delivery that asks for something else under the same key', async () => {
    const bench = createWebhookBench({ sender: github, mapping });
    await post(bench, 'd-1', { ticket: 7, ids: [1] });
    expect((await post(bench, 'd-2', { ticket: 7, ids: [2] })).status).toBe(422);
  });
});

describe('a verified payload that gives no job', () => {
  it.each([
    ['is no JSON', 'prose', 400, 'job.invalid'],
    ['is empty', '', 400, 'job.invalid'],
    ['lacks what the mapping needs', '{"ids":[]}', 400, 'job.invalid'],
    ['holds a text where a list should be', '{"ids":"all"}', 400, 'job.invalid'],
    ['would poison a prototype', '{"ids":{"__proto__":{"x":1}}}', 400, 'job.invalid'],
  ])('is recorded where it %s', async (_what, payload, status, code) => {
    const bench = createWebhookBench();
    const posted = await bench.post(payload);
    expect([posted.status, posted.body['code']]).toEqual([status, code]);
    expect(await bench.rows()).toMatchObject([
      { id: posted.body['jobId'], status: 'rejected', error: { code } },
    ]);
    expect(bench.engine.queue.sent).toEqual([]);
  });

  it.each([
    ['$error("no such event")', /no such event/],
    ['payload.ids + "x"', /the mapping failed/],
    ['"a text"', /gave something that is no job/],
    ['[1..101].{ "type": "a.b" }', /101 jobs/],
  ])('is recorded where the mapping %s fails', async (mapping, detail) => {
    const bench = createWebhookBench({ mapping });
    const { status, body } = await bench.post(BODY);
    expect([status, body['code']]).toEqual([422, 'webhook.mapping-failed']);
    expect(body['detail']).toMatch(detail);
    expect(await bench.rows()).toMatchObject([{ status: 'rejected' }]);
  });

  it('is recorded once, however often it is sent', async () => {
    const bench = createWebhookBench();
    await bench.post('{"ids":[]}');
    await bench.post('{"ids":[]}');
    expect(await bench.rows()).toHaveLength(1);
  });
});
