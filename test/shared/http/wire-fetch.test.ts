import * as http from 'node:http';
import * as https from 'node:https';
import { describe, expect, it } from 'vitest';
import { createWire } from '../../../shared/http/wire-fetch.ts';
import { createManualClock } from './manual-clock.ts';
import { reply, startWireServer } from './wire-server.ts';

const agents = { http: new http.Agent(), https: new https.Agent() };

describe('a wire', () => {
  it('refuses to carry a second request', async () => {
    const server = await startWireServer(reply('503 Away', ['retry-after: 1'], ''));
    const wire = createWire({ clock: createManualClock(), bytesMax: 100, agents });
    const response = await wire.fetch(server.origin);
    expect(response).toBeInstanceOf(Response);
    expect(response.headers.get('retry-after')).toBe('1');
    await expect(wire.fetch(server.origin)).rejects.toThrow('a wire carries one request');
    expect(server.requests).toHaveLength(1);
  });

  it('joins repeated headers and lowers their names', async () => {
    const headers = ['X-Bucket: a', 'x-bucket: b', 'Set-Cookie: c=1', 'Set-Cookie: d=2'];
    const server = await startWireServer(reply('200 OK', headers, '{}'));
    const wire = createWire({ clock: createManualClock(), bytesMax: 100, agents });
    await wire.fetch(server.origin);
    expect(wire.record.head?.headers).toMatchObject({
      'x-bucket': 'a, b',
      'set-cookie': 'c=1, d=2',
    });
  });

  it('sends a body with a GET, announced by its length and on a connection of its own', async () => {
    const server = await startWireServer(reply('200 OK', [], ''));
    const getBody = '{"reason":"Größe"}';
    const wire = createWire({ clock: createManualClock(), bytesMax: 100, agents, getBody });
    await wire.fetch(
      new Request(server.origin, { headers: { 'content-type': 'application/json' } }),
    );
    const [head = '', body = ''] = (server.requests[0] ?? '').split('\r\n\r\n');
    expect(head).toMatch(/^GET \/ /);
    expect(head).toContain('content-type: application/json\r\n');
    expect(head).toContain(`content-length: ${Buffer.byteLength(getBody)}\r\n`);
    expect(Buffer.from(body, 'latin1').toString()).toBe(getBody);
    expect(head).toContain('Connection: close');
  });

  it('takes a body beside the request for no other method', async () => {
    const wire = createWire({ clock: createManualClock(), bytesMax: 1, agents, getBody: '{}' });
    const post = new Request('http://127.0.0.1:9/', { method: 'POST', body: '{}' });
    await expect(wire.fetch(post)).rejects.toThrow('for GET alone');
    expect(wire.record.sentAtMs).toBeUndefined();
  });
});
