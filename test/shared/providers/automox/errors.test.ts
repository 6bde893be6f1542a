import { describe, expect, it } from 'vitest';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../../shared/http/vendor-client.ts';
import { findAutomoxError } from '../../../../shared/providers/automox/errors.ts';
import { operations } from '../../../../shared/providers/automox/operations.ts';

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

const find = (...answer: Parameters<typeof answered>) =>
  findAutomoxError(operations.listServers, answered(...answer));

const prefix = (status: number) => `Automox answered ${status} to servers.list: `;

describe('findAutomoxError', () => {
  for (const [what, body, text, fields] of [
    [
      'invalidFields',
      { title: 'Bad', status: 400, detail: 'look', invalidFields: { name: 'is empty' } },
      'Bad: look – name: is empty',
      [{ field: 'name', problem: 'is empty' }],
    ],
    [
      'errors by field',
      { errors: { name: ['is empty', 'is short'], notes: 'is absent' } },
      'name: is empty; is short; notes: is absent',
      [
        { field: 'name', problem: 'is empty; is short' },
        { field: 'notes', problem: 'is absent' },
      ],
    ],
    [
      'errors as objects',
      { title: 'Bad', status: 400, errors: [{ field: 'tag', message: 'too long' }, {}] },
      'Bad – tag: too long; (body): is not valid',
      [
        { field: 'tag', problem: 'too long' },
        { field: '(body)', problem: 'is not valid' },
      ],
    ],
    ['errors as texts', { errors: ['one', 'two'] }, 'one; two', []],
    [
      'a problem document',
      { title: 'Bad', detail: 'so it is', instance: '/x' },
      'Bad: so it is',
      [],
    ],
    ['error and timestamp', { timestamp: 't', status: 400, error: 'Bad', path: '/x' }, 'Bad', []],
    ['an unknown shape', { access_key: 'hush' }, 'JSON of no known shape', []],
    ['null', null, 'JSON of no known shape', []],
    ['a list', [1], 'JSON of no known shape', []],
    ['no errors', { errors: [] }, 'JSON of no known shape', []],
  ] as const) {
    it(`reads ${what}`, () => {
      const error = find(400, JSON.stringify(body), 'application/json');
      expect(error).toMatchObject({ status: 400, requestId: 'req-1', fields });
      expect(error?.message).toBe(prefix(400) + text);
    });
  }

  for (const [what, status, body, text] of [
    ['text', 418, ' I am\n a teapot ', 'I am a teapot'],
    ['a page', 502, '<html><b>Bad gateway</b></html>', 'an HTML page'],
    ['nothing', 500, '', 'no body'],
    ['broken JSON', 500, '{"errors":["a', 'a body that cannot be read (not-json)'],
  ] as const) {
    it(`reads ${what}`, () => {
      const type = body.startsWith('{') ? 'application/json' : undefined;
      expect(find(status, body, type)?.message).toBe(prefix(status) + text);
    });
  }

  it('tells invalidFields before errors, and errors before a title', () => {
    const body = { title: 't', errors: ['e'], invalidFields: { f: 'i' } };
    expect(find(400, JSON.stringify(body))?.message).toBe(`${prefix(400)}t – f: i`);
    const { invalidFields: _other, ...rest } = body;
    expect(find(400, JSON.stringify(rest))?.message).toBe(`${prefix(400)}e`);
  });

  for (const [status, code] of [
    [302, 'provider.rejected'],
    [400, 'provider.rejected'],
    [401, 'provider.unauthorized'],
    [402, 'provider.unauthorized'],
    [403, 'provider.unauthorized'],
    [404, 'provider.not-found'],
    [405, 'provider.rejected'],
    [409, 'provider.conflict'],
    [410, 'provider.rejected'],
    [413, 'provider.rejected'],
    [429, 'provider.throttled'],
    [500, 'provider.unavailable'],
    [502, 'provider.unavailable'],
    [503, 'provider.unavailable'],
    [504, 'provider.unavailable'],
  ] as const) {
    it(`makes ${status} a ${code}`, () => {
      expect(find(status)?.code).toBe(code);
    });
  }

  for (const status of [400, 409, 422]) {
    it(`makes a taken policy name a conflict at status ${status}`, () => {
      const body = { errors: { name: ['A policy with this name already exists'] } };
      expect(find(status, JSON.stringify(body))?.code).toBe('provider.conflict');
    });
  }

  it('finds none in a success, unless it is a page', () => {
    expect(find(200, '[]')).toBeUndefined();
    expect(find(204)).toBeUndefined();
    expect(find(200, '<!doctype html><p>Sign in')?.code).toBe('provider.malformed-answer');
  });

  it('never quotes what looks like a credential, and stays short', () => {
    const secrets = [
      'Bearer abc.def',
      'api_key=hush-hush',
      'access_key: hush-hush',
      '3f2b7c1e-9d84-4a6b-8f0e-1c2d3e4f5a6b',
    ];
    for (const secret of secrets) {
      const message = find(400, JSON.stringify({ errors: [`Invalid ${secret} given`] }))?.message;
      expect(message).toContain('[redacted] given');
      expect(message).not.toMatch(/hush|abc|3f2b/);
    }
    const long = find(400, JSON.stringify({ errors: ['very '.repeat(5_000)] }));
    expect(long?.message.length).toBeLessThan(400);
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`f${n}`, 'is wrong']));
    expect(find(400, JSON.stringify({ errors: many }))?.fields).toHaveLength(20);
  });
});
