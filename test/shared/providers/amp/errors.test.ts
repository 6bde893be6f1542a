import { describe, expect, it } from 'vitest';
import { readVendorBody } from '../../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../../shared/http/vendor-client.ts';
import type { Operation } from '../../../../shared/jobs/operation.ts';
import { findAmpError } from '../../../../shared/providers/amp/errors.ts';
import { operations } from '../../../../shared/providers/amp/operations.ts';

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

const envelope = (status: number, description: string, ...details: string[]): string =>
  JSON.stringify({
    version: null,
    data: {},
    errors: [{ error_code: status, description, details }],
  });

const find = (operation: Operation, ...answer: Parameters<typeof answered>) =>
  findAmpError(operation, answered(...answer));

describe('findAmpError', () => {
  for (const [what, status, body, code, text] of [
    [
      'a credential that is unknown, or of another region',
      401,
      envelope(401, 'Unauthorized', 'Unknown API key or Client ID'),
      'provider.unauthorized',
      'Unauthorized: Unknown API key or Client ID',
    ],
    ['a forbidden call', 403, '', 'provider.unauthorized', 'no body'],
    [
      'an unexpected parameter',
      400,
      envelope(400, 'Bad Request', 'unexpected parameter: colour', 'limit is too large'),
      'provider.rejected',
      'Bad Request: unexpected parameter: colour, limit is too large',
    ],
    [
      'the second shape',
      400,
      '{"error":{"message":"no such thing"}}',
      'provider.rejected',
      'no such thing',
    ],
    ['a computer that is gone', 404, envelope(404, 'Not Found'), 'provider.not-found', 'Not Found'],
    ['a conflict', 409, envelope(409, 'Conflict'), 'provider.conflict', 'Conflict'],
    [
      'a throttle',
      429,
      envelope(429, 'Too Many Requests'),
      'provider.throttled',
      'Too Many Requests',
    ],
    [
      'a page of the gateway',
      502,
      '<html><h1>502</h1></html>',
      'provider.unavailable',
      'an HTML page',
    ],
    ['a fault without a body', 503, '', 'provider.unavailable', 'no body'],
    [
      'JSON of another shape',
      422,
      '{"apiKey":"hush"}',
      'provider.rejected',
      'JSON of no known shape',
    ],
    ['errors of nothing', 400, '{"errors":[]}', 'provider.rejected', 'JSON of no known shape'],
    ['a redirect', 302, '', 'provider.rejected', 'no body'],
  ] as const) {
    it(`reads ${what}`, () => {
      expect(find(operations.getComputer, status, body)).toMatchObject({
        code,
        status,
        requestId: 'req-1',
        message: `Cisco AMP answered ${status} to computers.get: ${text}`,
      });
    });
  }

  it('takes a page with status 200 for no answer of the API', () => {
    const error = find(operations.getComputer, 200, '<html></html>');
    expect(error).toMatchObject({ code: 'provider.malformed-answer', status: 200 });
  });

  it('takes a success for a success, also where it lists no errors', () => {
    expect(find(operations.getComputer, 200, '{"data":{},"errors":[]}')).toBeUndefined();
    expect(find(operations.moveComputer, 202, '{"data":{}}')).toBeUndefined();
    expect(find(operations.removeListFile, 200, '')).toBeUndefined();
  });

  it('takes "not deleted" with status 200 for a refusal', () => {
    const error = find(operations.deleteComputer, 200, '{"data":{"deleted":false}}');
    expect(error).toMatchObject({ code: 'provider.rejected', status: 200 });
    expect(find(operations.deleteComputer, 200, '{"data":{"deleted":true}}')).toBeUndefined();
  });

  it('takes a file that is in the list already for added, and no other conflict for success', () => {
    const taken = envelope(409, 'Conflict', 'SHA-256 has already been taken');
    expect(find(operations.addListFile, 409, taken)).toBeUndefined();
    expect(find(operations.startIsolation, 409, taken)).toMatchObject({
      code: 'provider.conflict',
    });
    expect(find(operations.addListFile, 409, envelope(409, 'Conflict'))).toBeDefined();
  });

  it('takes a file that is not in the list for removed, but not a list that is not there', () => {
    const noFile = envelope(404, 'Not Found', 'Imn File List Item not found with sha256: ab');
    expect(find(operations.removeListFile, 404, noFile)).toBeUndefined();
    const noList = envelope(404, 'Not Found', 'File list not found');
    expect(find(operations.removeListFile, 404, noList)).toMatchObject({
      code: 'provider.not-found',
    });
    expect(find(operations.addListFile, 404, noFile)).toMatchObject({ code: 'provider.not-found' });
  });
});
