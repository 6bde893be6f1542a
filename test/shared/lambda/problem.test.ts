import { describe, expect, it } from 'vitest';
import { dispositions, type ErrorCode } from '../../../shared/errors/codes.ts';
import { LaneFull } from '../../../shared/errors/lane-full.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { problemAnswer } from '../../../shared/lambda/problem.ts';

/** Written out on its own. A code that is not here must be answered as an unknown failure. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'job.invalid': 400,
  'job.unknown-type': 400,
  'job.unknown-account': 400,
  'request.invalid': 400,
  'webhook.unauthenticated': 401,
  'webhook.replayed': 401,
  'job.not-found': 404,
  'budget.not-found': 404,
  'request.not-found': 404,
  'webhook.unknown-source': 404,
  'request.method-not-allowed': 405,
  'job.state-conflict': 409,
  'job.result-not-ready': 409,
  'request.too-large': 413,
  'job.idempotency-conflict': 422,
  'webhook.mapping-failed': 422,
  'lane.full': 503,
  'store.unavailable': 503,
  'host.clock-off': 503,
};

const codes = Object.keys(dispositions) as ErrorCode[];
const told = codes.filter((code) => (statuses[code] ?? 500) < 500);
const untold = codes.filter((code) => (statuses[code] ?? 500) >= 500);

const INSIDE = 'arn:aws:dynamodb:us-east-1:1:table/sluice-jobs at /var/task/index.mjs:7';
const cause = new Error(INSIDE);
const fields = [{ field: 'params.x', problem: 'is wrong' }];

const answerTo = (code: ErrorCode, message: string) =>
  problemAnswer(new SluiceError(code, message, { cause, fields }), { requestId: 'r-1' });
const bodyOf = (answer: ReturnType<typeof problemAnswer>) => JSON.parse(String(answer.body));

describe('S22 problemAnswer', () => {
  it.each(codes)('answers %s with its status and a request id, as a problem document', (code) => {
    const answer = answerTo(code, 'what to do');
    expect(answer.status).toBe(statuses[code] ?? 500);
    expect(answer.headers?.['content-type']).toBe('application/problem+json');
    expect(bodyOf(answer)).toMatchObject({
      type: 'about:blank',
      status: answer.status,
      requestId: 'r-1',
      title: expect.stringMatching(/^[A-Z].{5,}/),
    });
  });

  it.each(told)('tells the caller of %s the code, the reason and every wrong field', (code) => {
    expect(bodyOf(answerTo(code, 'what to do'))).toMatchObject({
      code,
      detail: 'what to do',
      fields,
    });
  });

  it.each(untold)('keeps the text and the fields of %s to itself', (code) => {
    const body = bodyOf(answerTo(code, INSIDE));
    expect(Object.keys(body).sort()).toEqual(['code', 'requestId', 'status', 'title', 'type']);
    const shown = statuses[code] === 503 ? code : 'internal.unexpected';
    expect(body.code).toBe(shown);
  });

  it.each(codes)('lets nothing of the inside out with %s: no stack, ARN, path or cause', (code) => {
    const message = untold.includes(code) ? INSIDE : 'what to do';
    const answer = answerTo(code, message);
    expect(String(answer.body)).not.toMatch(/arn:|\/var\/|\.mjs|stack|cause|node_modules/);
  });

  it('asks to come back where a store is not available', () => {
    expect(answerTo('store.unavailable', 'down').headers?.['retry-after']).toBe('5');
    expect(answerTo('job.invalid', 'wrong').headers).not.toHaveProperty('retry-after');
  });

  it('says of a full lane how full it is, and when to come back', () => {
    const facts = { lane: 'automox', waiting: 12, waitingMax: 10, retryAfterMs: 600_001 };
    const error = new LaneFull({ ...facts, etaMs: Date.UTC(2026, 2, 1) });
    const answer = problemAnswer(error, { requestId: 'r-1' });
    expect(answer.headers?.['retry-after']).toBe('601');
    expect(bodyOf(answer)).toEqual({
      type: 'about:blank',
      title: 'The lane is full; try again later',
      status: 503,
      code: 'lane.full',
      detail: error.message,
      waiting: 12,
      waitingMax: 10,
      eta: '2026-03-01T00:00:00.000Z',
      requestId: 'r-1',
    });
  });

  it('names the row in which a wrong message was recorded', () => {
    const extras = { requestId: 'r-1', jobId: 'rejected_1' };
    const error = new SluiceError('job.invalid', 'wrong');
    expect(bodyOf(problemAnswer(error, extras))).toMatchObject({ jobId: 'rejected_1' });
  });
});
