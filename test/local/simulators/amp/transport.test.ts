import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createAmpSimulator } from '../../../../local/simulators/amp/amp-simulator.ts';
import { createInProcessFetch } from '../../../../local/simulators/frame/in-process-fetch.ts';
import {
  type SimulatorServer,
  startSimulatorServer,
} from '../../../../local/simulators/frame/server.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { basic, createCloud } from './cloud.ts';

const AUTHORIZATION = { authorization: basic('1234:atest') };

describe('AMP over the wire', () => {
  let server: SimulatorServer | undefined;
  afterEach(() => server?.close());

  it('compresses a large answer for a client that accepts it, and no small one', () => {
    const { simulator } = createCloud({ settings: { gzipAboveBytes: 500 } });
    const get = (path: string, encoding: string) =>
      simulator.handle({
        method: 'GET',
        path,
        headers: { ...AUTHORIZATION, 'accept-encoding': encoding },
      });
    const large = get('/v1/computers', 'gzip');
    expect(large.headers['content-encoding']).toBe('gzip');
    const plain = get('/v1/computers', 'identity').body;
    expect(gunzipSync(large.body as Uint8Array)).toEqual(plain);
    expect(get('/v1/version', 'gzip').headers['content-encoding']).toBeUndefined();
  });

  it('serves HTTP with links that lead back to it', async () => {
    const simulator = createAmpSimulator({ fleet: { computers: 30, events: 5 } });
    server = await startSimulatorServer(simulator);
    const first = await fetch(`${server.url}/computers?limit=20`, { headers: AUTHORIZATION });
    expect(first.headers.get('content-encoding')).toBe('gzip');
    const { metadata } = (await first.json()) as { metadata: { links: { next: string } } };
    expect(metadata.links.next).toBe(`${server.url}/computers?limit=20&offset=20`);
    const second = await fetch(metadata.links.next, { headers: AUTHORIZATION });
    expect(await second.json()).toMatchObject({ metadata: { results: { index: 20, total: 30 } } });
  });

  it('links to the host that an in-process client asked', async () => {
    const clock = createVirtualClock();
    const reach = createInProcessFetch(createAmpSimulator({ clock }), { clock });
    const url = 'https://api.eu.amp.cisco.com/v1/groups';
    const response = await reach(url, { headers: AUTHORIZATION });
    expect(await response.json()).toMatchObject({ metadata: { links: { self: url } } });
  });

  it.each([
    [{ kind: 'html', status: 502 } as const, 502, /^<!DOCTYPE html>/],
    [{ kind: 'raw', status: 503, body: '' } as const, 503, /^$/],
    [{ kind: 'status', status: 500 } as const, 500, /"error_code":500/],
    [{ kind: 'throttle' } as const, 429, /"error_code":429/],
  ])('can fail with %o, which still costs a request', (fault, status, body) => {
    const { simulator, call } = createCloud();
    simulator.faults.add({ fault });
    const reply = call('GET', '/version');
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(body);
    expect(reply.headers['x-ratelimit-remaining']).toBe('2999');
  });

  it('answers 501 to what it does not know, or as the vendor does when it is not strict', () => {
    expect(createCloud().call('GET', '/audit_logs').status).toBe(501);
    const { call } = createCloud({ strict: false });
    expect(call('GET', '/audit_logs').status).toBe(404);
    expect(call('DELETE', '/version').status).toBe(405);
  });
});
