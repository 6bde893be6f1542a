import { describe, expect, it } from 'vitest';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../../shared/http/vendor-client.ts';
import { findOpsRampError } from '../../../../shared/providers/opsramp/errors.ts';
import { operations } from '../../../../shared/providers/opsramp/operations.ts';

const answered = (status: number, text = '', contentType?: string): AnsweredResult => ({
  kind: 'answered',
  status,
  headers: {},
  body: readVendorBody(text, contentType),
  sentAtMs: 0,
  answeredAtMs: 1,
  elapsedMs: 1,
  requestId: 'req-1',
});

const find = (status: number, body?: unknown) =>
  findOpsRampError(
    operations.getAlert,
    answered(status, typeof body === 'string' || body === undefined ? body : JSON.stringify(body)),
  );

const coded = (code: string) => ({ code, message: 'so it is' });

describe('findOpsRampError', () => {
  it.each([
    [302, undefined, 'provider.rejected'],
    [400, undefined, 'provider.rejected'],
    [401, undefined, 'provider.unauthorized'],
    [403, undefined, 'provider.unauthorized'],
    [404, undefined, 'provider.not-found'],
    [405, undefined, 'provider.rejected'],
    [406, undefined, 'provider.rejected'],
    [407, undefined, 'provider.unauthorized'],
    [410, undefined, 'provider.rejected'],
    [422, undefined, 'provider.conflict'],
    [429, undefined, 'provider.throttled'],
    [500, undefined, 'provider.unavailable'],
    [502, '<html>', 'provider.unavailable'],
    [503, 'away', 'provider.unavailable'],
    [504, undefined, 'provider.unavailable'],
    [500, coded('0003'), 'provider.not-found'],
    [400, coded('0003'), 'provider.not-found'],
    [500, coded('0005'), 'provider.unavailable'],
    [400, coded('0005'), 'provider.unavailable'],
    [500, coded('9999'), 'provider.unavailable'],
    [500, coded('toString'), 'provider.unavailable'],
    [500, [{ code: '0002', fieldName: 'f', message: 'm' }], 'provider.rejected'],
    [
      400,
      { error: 'unauthorized', error_description: 'unable to authenticate' },
      'provider.unauthorized',
    ],
    [429, coded('0003'), 'provider.throttled'],
    [410, coded('0005'), 'provider.rejected'],
    [407, { error: 'invalid_token', error_description: 'd' }, 'provider.unauthorized'],
  ])('makes %i with %j a %s', (status, body, code) => {
    expect(find(status, body)).toMatchObject({ code, status, requestId: 'req-1' });
  });

  it.each([
    [
      'an access error',
      { error: 'throttled', error_description: 'Too Many Requests' },
      'throttled: Too Many Requests',
    ],
    ['a coded error', coded('0001'), 'so it is'],
    ['a code alone', { code: '0001' }, 'code 0001'],
    [
      'fields',
      [{ code: '0002', fieldName: 'name', message: 'is empty' }, {}],
      'name: is empty; (body): is not valid',
    ],
    ['one field', { code: '0002', fieldName: 'name', message: 'is empty' }, 'name: is empty'],
    ['an empty list', [], 'JSON of no known shape'],
    ['an unknown shape', { access_token: 'hush' }, 'JSON of no known shape'],
    ['text', ' Not\n so ', 'Not so'],
    ['a page', '<html><b>x</b></html>', 'an HTML page'],
    ['nothing', '', 'no body'],
    ['a broken body', '{"error":', '{"error":'],
  ])('tells %s', (_what, body, text) => {
    expect(find(400, body)?.message).toBe(`OpsRamp answered 400 to alerts.get: ${text}`);
  });

  it('names the fields that are wrong', () => {
    const rows = [{ code: '0002', fieldName: 'schedule', message: 'is absent' }];
    expect(find(400, rows)?.fields).toEqual([{ field: 'schedule', problem: 'is absent' }]);
    const many = Array.from({ length: 99 }, (_, n) => ({ fieldName: `f${n}`, message: 'm' }));
    expect(find(400, many)?.fields).toHaveLength(20);
  });

  it('says for certain that what is not ready was not touched, and of nothing else', () => {
    expect(find(500, coded('0005'))?.untouched).toBe(true);
    expect(find(500, coded('0001'))?.untouched).toBe(false);
    expect(find(503)?.untouched).toBe(false);
  });

  it.each([
    [403, 'the role of the integration does not allow it'],
    [410, 'the tenant is unavailable or was deactivated'],
  ])('says what a person has to know of %i', (status, text) => {
    expect(find(status)?.message).toContain(text);
  });

  it('finds none in a success of any shape, unless it is a page', () => {
    expect(find(200, { ok: true })).toBeUndefined();
    expect(find(200, 'SUCCESS')).toBeUndefined();
    expect(find(201)).toBeUndefined();
    expect(find(200, '<!doctype html><p>Sign in')?.code).toBe('provider.malformed-answer');
  });

  it('never quotes what looks like a credential, and stays short', () => {
    const message = find(400, { error: 'e', error_description: 'Bearer abc.def1' })?.message;
    expect(message).toContain('[redacted]');
    expect(message).not.toContain('abc');
    expect(find(400, { message: 'very '.repeat(5_000) })?.message.length).toBeLessThan(400);
  });
});
