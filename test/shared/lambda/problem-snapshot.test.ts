import { describe, expect, it } from 'vitest';
import { dispositions, type ErrorCode } from '../../../shared/errors/codes.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { problemAnswer } from '../../../shared/lambda/problem.ts';

const told = { fields: [{ field: 'f', problem: 'p' }], cause: new Error('at /var/task/x.mjs') };

/** `code → status code-that-is-told fields-of-the-body`, and when to come back. */
function lineOf(code: ErrorCode): string {
  const error = new SluiceError(code, 'detail', told);
  const { status, headers = {}, body } = problemAnswer(error, { requestId: 'id' });
  const { type: _type, status: _status, title: _title, ...shown } = JSON.parse(String(body));
  const { 'retry-after': after } = headers;
  const again = after === undefined ? '' : `, again after ${after} s`;
  return `${code} → ${status} ${shown.code} ${Object.keys(shown).join()}${again}`;
}

describe('S22 every error', () => {
  it('is told to callers like this, and in no other words', () => {
    const lines = Object.keys(dispositions).map((code) => lineOf(code as ErrorCode));
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "job.invalid → 400 job.invalid code,detail,fields,requestId
      job.unknown-type → 400 job.unknown-type code,detail,fields,requestId
      job.unknown-account → 400 job.unknown-account code,detail,fields,requestId
      job.not-found → 404 job.not-found code,detail,fields,requestId
      job.idempotency-conflict → 422 job.idempotency-conflict code,detail,fields,requestId
      job.state-conflict → 409 job.state-conflict code,detail,fields,requestId
      job.result-not-ready → 409 job.result-not-ready code,detail,fields,requestId
      budget.not-found → 404 budget.not-found code,detail,fields,requestId
      request.invalid → 400 request.invalid code,detail,fields,requestId
      request.too-large → 413 request.too-large code,detail,fields,requestId
      request.not-found → 404 request.not-found code,detail,fields,requestId
      request.method-not-allowed → 405 request.method-not-allowed code,detail,fields,requestId
      webhook.unknown-source → 404 webhook.unknown-source code,detail,fields,requestId
      webhook.unauthenticated → 401 webhook.unauthenticated code,detail,fields,requestId
      webhook.replayed → 401 webhook.replayed code,detail,fields,requestId
      webhook.mapping-failed → 422 webhook.mapping-failed code,detail,fields,requestId
      lane.full → 503 lane.full code,requestId, again after 5 s
      job.stale-input → 500 internal.unexpected code,requestId
      job.refused → 500 internal.unexpected code,requestId
      job.deadline-passed → 500 internal.unexpected code,requestId
      account.secret-missing → 500 internal.unexpected code,requestId
      account.secret-invalid → 500 internal.unexpected code,requestId
      provider.unauthorized → 500 internal.unexpected code,requestId
      provider.rejected → 500 internal.unexpected code,requestId
      provider.not-found → 500 internal.unexpected code,requestId
      provider.conflict → 500 internal.unexpected code,requestId
      provider.throttled → 500 internal.unexpected code,requestId
      provider.unavailable → 500 internal.unexpected code,requestId
      provider.unreachable → 500 internal.unexpected code,requestId
      provider.malformed-answer → 500 internal.unexpected code,requestId
      provider.timed-out → 500 internal.unexpected code,requestId
      provider.no-answer → 500 internal.unexpected code,requestId
      store.unavailable → 503 store.unavailable code,requestId, again after 5 s
      host.clock-off → 503 host.clock-off code,requestId, again after 5 s
      internal.unexpected → 500 internal.unexpected code,requestId"
    `);
  });
});
