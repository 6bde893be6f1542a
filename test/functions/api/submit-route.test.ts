import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { goodMessage } from '../../shared/jobs/wrong-messages.ts';
import { createApiBench } from './api-bench.ts';

const keyed = { ...goodMessage, idempotencyKey: 'order-7' };

describe('POST /jobs', () => {
  it('takes a job: 202, its id, and where to look', async () => {
    const { post, engine } = createApiBench();
    const { status, body, headers } = await post(goodMessage);
    expect(status).toBe(202);
    expect(body).toEqual({ id: expect.stringMatching(/^job_/), status: 'queued' });
    expect(headers['location']).toBe(`/jobs/${body['id']}`);
    expect((await engine.find(String(body['id']))).origin).toEqual({ way: 'http' });
  });

  it('takes a body in base 64, as API Gateway sends what it does not know', async () => {
    const { ask } = createApiBench();
    const body = Buffer.from(JSON.stringify(goodMessage));
    expect((await ask('POST /jobs', { body })).status).toBe(202);
  });

  it('answers a repeated message with the first job, and says so', async () => {
    const { post } = createApiBench();
    const first = await post(keyed);
    const second = await post({ ...keyed, params: { devices: [1, 2] } });
    expect(second).toMatchObject({ status: 202, body: { id: first.body['id'], duplicate: true } });
    expect(first.body).not.toHaveProperty('duplicate');
  });

  it('counts what it accepted once, and what it rejected', async () => {
    const { post, valuesOf } = createApiBench();
    for (const message of [keyed, keyed, 'prose']) await post(message);
    expect(valuesOf('JobsAccepted')).toEqual([[{ Way: 'http' }, [1, 0]]]);
    expect(valuesOf('JobsRejected')).toEqual([[{ Way: 'http' }, [1]]]);
  });

  it('makes one job of a hundred repeats at once', async () => {
    const { post, engine } = createApiBench();
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(keyed)));
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect((await engine.store.list({ limit: 10 })).jobs).toHaveLength(1);
  });

  it('answers 422 to a key with another body, naming the first job', async () => {
    const { post } = createApiBench();
    const first = await post(keyed);
    const { status, body } = await post({ ...keyed, priority: 'urgent' });
    expect([status, body['code']]).toEqual([422, 'job.idempotency-conflict']);
    expect(body['detail']).toContain(first.body['id']);
    expect(body['fields']).toMatchObject([{ field: 'idempotencyKey' }]);
  });

  it('names every wrong field, and the row in which the message was recorded', async () => {
    const { post, engine } = createApiBench();
    const { status, body, headers } = await post({ ...goodMessage, tenant: 'a b', extra: 1 });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({
      code: 'job.invalid',
      fields: [{ field: 'tenant' }, { field: 'extra' }],
      requestId: expect.stringMatching(/^request-/),
    });
    expect(await engine.find(String(body['jobId']))).toMatchObject({
      status: 'rejected',
      origin: { way: 'http', detail: body['requestId'] },
      error: { code: 'job.invalid', fields: [{ field: 'tenant' }, { field: 'extra' }] },
    });
  });

  it('shows a rejected message to whoever asks for its row', async () => {
    const { post, askOf } = createApiBench();
    const { body } = await post('prose');
    const row = await askOf('GET /jobs/{id}', String(body['jobId']));
    expect(row.body).toMatchObject({ status: 'rejected', params: { message: 'prose' } });
  });

  it('answers 503 where the row cannot be written, and tells nothing of the store', async () => {
    const { post, engine, log } = createApiBench();
    engine.store.beforeWrite(() => {
      throw new SluiceError('store.unavailable', 'arn:aws:dynamodb:us-east-1:1:table/jobs');
    });
    for (const message of [goodMessage, 'prose']) {
      const { status, headers, body } = await post(message);
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect(JSON.stringify(body)).not.toContain('arn:');
    }
    expect(log.lines.map(({ code }) => code)).toEqual(['store.unavailable', 'store.unavailable']);
  });

  it('answers 500 without its text to a defect', async () => {
    const { post, engine, log } = createApiBench();
    engine.store.beforeWrite(() => {
      throw new TypeError('cannot read x of undefined');
    });
    const { status, body } = await post(goodMessage);
    expect([status, body['code'], body['detail']]).toEqual([500, 'internal.unexpected', undefined]);
    expect(log.lines).toHaveLength(1);
  });
});
