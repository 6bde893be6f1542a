import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startHttpFront } from '../../../local/stack/http-front.ts';

type Answer = (event: APIGatewayProxyEventV2) => unknown;

/** One route; answers what the function is given, unless told otherwise. */
async function openFront(answer: Answer = () => ({ statusCode: 204 })) {
  const invoke = vi.fn(async (event: unknown) => answer(event as APIGatewayProxyEventV2));
  const routes = [{ route: 'POST /things/{id}', invoke }];
  const front = await startHttpFront({ port: 0, routes, health: () => ({ status: 'ok' }) });
  onTestFinished(() => front.close());
  return { url: front.url, invoke };
}

const post = (url: string, init: RequestInit = {}) => fetch(url, { method: 'POST', ...init });

async function statusFor(url: string, host: string): Promise<number | undefined> {
  const request = httpRequest(`${url}/health`, { headers: { host } }).end();
  const [response] = await once(request, 'response');
  response.resume();
  return response.statusCode;
}

describe('the front of the local HTTP API', () => {
  it('hands a request to its function as a payload of format 2.0', async () => {
    const { url, invoke } = await openFront();
    await post(`${url}/things/a%20b?x=1&y=2`, { body: 'ü', headers: { 'X-Kind': 'one' } });
    expect(invoke).toHaveBeenCalledWith(
      expect.objectContaining({
        version: '2.0',
        routeKey: 'POST /things/{id}',
        rawPath: '/things/a%20b',
        rawQueryString: 'x=1&y=2',
        queryStringParameters: { x: '1', y: '2' },
        pathParameters: { id: 'a b' },
        headers: expect.objectContaining({ 'x-kind': 'one' }),
        isBase64Encoded: false,
        body: 'ü',
      }),
    );
  });

  it('keeps every byte of a body that is no text', async () => {
    const { url, invoke } = await openFront();
    const bytes = Buffer.from([0, 255, 128, 13, 10]);
    await post(`${url}/things/1`, { body: bytes });
    expect(invoke).toHaveBeenCalledWith(
      expect.objectContaining({ isBase64Encoded: true, body: bytes.toString('base64') }),
    );
  });

  it('writes status, headers and bytes of the answer', async () => {
    const body = Buffer.from([1, 2, 255]);
    const { url } = await openFront(() => ({
      statusCode: 201,
      headers: { 'x-kind': 'two' },
      isBase64Encoded: true,
      body: body.toString('base64'),
    }));
    const response = await post(`${url}/things/1`);
    expect([response.status, response.headers.get('x-kind')]).toEqual([201, 'two']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
  });

  it('answers 502 where the function fails, and goes on', async () => {
    const { url } = await openFront(({ body }) => {
      if (body === 'bad') throw new Error('the process ended');
      return { statusCode: 204 };
    });
    expect((await post(`${url}/things/1`, { body: 'bad' })).status).toBe(502);
    expect((await post(`${url}/things/1`, { body: 'good' })).status).toBe(204);
  });

  it('answers 413 beyond the 10 MB of API Gateway, and 404 to an unknown route', async () => {
    const { url, invoke } = await openFront();
    const body = new Uint8Array(10 * 1024 * 1024 + 1);
    expect((await post(`${url}/things/1`, { body })).status).toBe(413);
    expect((await post(`${url}/nothing`)).status).toBe(404);
    expect(invoke).not.toHaveBeenCalled();
  });

  it('answers under loopback names only, so that no web page elsewhere reaches it', async () => {
    const { url } = await openFront();
    const hosts = [
      'localhost:80',
      '127.0.0.1',
      '[::1]:4570',
      'evil.example',
      '127.0.0.1.evil.example',
    ];
    const statuses = await Promise.all(hosts.map((host) => statusFor(url, host)));
    expect(statuses).toEqual([200, 200, 200, 421, 421]);
  });

  it('says of a port that is taken that it is', async () => {
    const { url } = await openFront();
    const options = { port: Number(new URL(url).port), routes: [], health: () => ({}) };
    await expect(startHttpFront(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
