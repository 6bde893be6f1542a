import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonAnswer, parseHttpEvent, toHttpResult } from '../../../shared/lambda/http.ts';
import { httpEvent } from './http-events.ts';

describe('parseHttpEvent', () => {
  it('reads route, path, query and request id', () => {
    const event = httpEvent('GET /jobs/{id}', { path: { id: 'job_1' }, query: { limit: '5' } });
    const request = parseHttpEvent(event);
    expect(request).toMatchObject({
      route: 'GET /jobs/{id}',
      path: { id: 'job_1' },
      query: { limit: '5' },
      requestId: event.requestContext.requestId,
    });
  });

  it('has empty path, query and body where the event has none', () => {
    const request = parseHttpEvent(httpEvent('GET /jobs'));
    expect([request.path, request.query, request.rawBody.byteLength]).toEqual([{}, {}, 0]);
  });

  it('names headers in lower case, as they are looked up', () => {
    const headers = { 'Webhook-Signature': 'v1,x', 'X-Hub-Signature-256': 'sha256=1' };
    expect(parseHttpEvent(httpEvent('POST /jobs', { headers })).headers).toEqual({
      'webhook-signature': 'v1,x',
      'x-hub-signature-256': 'sha256=1',
    });
  });

  it('gives back the bytes that were sent, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { rawBody } = parseHttpEvent(httpEvent('POST /jobs', { body: bytes }));
        expect(Buffer.compare(rawBody, bytes)).toBe(0);
      }),
    );
  });

  it('gives back the bytes of a text body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (body) => {
        const { rawBody } = parseHttpEvent(httpEvent('POST /jobs', { body }));
        expect(Buffer.from(rawBody).toString('utf8')).toBe(body);
      }),
    );
  });
});

describe('toHttpResult', () => {
  it('lets nobody cache an answer or guess its type', () => {
    expect(toHttpResult({ status: 204 })).toEqual({
      statusCode: 204,
      headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
  });

  it('sends bytes in base 64', () => {
    const result = toHttpResult({ status: 200, body: new Uint8Array([0, 255]) });
    expect(result).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('sends JSON with large integers exact', () => {
    const result = toHttpResult(jsonAnswer(202, { id: 9007199254740993n }, { location: '/x' }));
    expect(result).toMatchObject({
      statusCode: 202,
      body: '{"id":9007199254740993}',
      headers: { 'content-type': 'application/json', location: '/x' },
    });
  });
});
