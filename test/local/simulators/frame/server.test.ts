import { afterEach, describe, expect, it } from 'vitest';
import {
  type SimulatorServer,
  startSimulatorServer,
} from '../../../../local/simulators/frame/server.ts';
import { createGreeter, type Greeter } from './greeter.ts';

const servers: SimulatorServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(): Promise<Greeter & { readonly server: SimulatorServer }> {
  const greeter = createGreeter(() => 0);
  const server = await startSimulatorServer(greeter.simulator);
  servers.push(server);
  return { ...greeter, server };
}

const control = (server: SimulatorServer, name: string, body: unknown): Promise<Response> =>
  fetch(`${server.controlUrl}/${name}`, { method: 'POST', body: JSON.stringify(body) });

describe('simulator server', () => {
  it('serves the vendor over HTTP on the loopback interface', async () => {
    const { server } = await start();
    const response = await fetch(`${server.url}/greetings/7`);
    expect(await response.json()).toEqual({ hello: '7' });
    expect(server.url).toBe(`http://127.0.0.1:${server.port}/v1`);
  });

  it('passes on 204 without a body', async () => {
    const { server } = await start();
    const response = await control(server, 'reset', {});
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  it('cuts the connection after it acted', async () => {
    const { server, stored, simulator } = await start();
    simulator.faults.add({ fault: { kind: 'cut' } });
    await expect(fetch(`${server.url}/greetings`, { method: 'POST' })).rejects.toThrow(TypeError);
    expect(stored()).toBe(1);
  });

  it('breaks off in the middle of a body whose length it named', async () => {
    const { server, simulator } = await start();
    simulator.faults.add({ fault: { kind: 'half-body' } });
    const response = await fetch(`${server.url}/greetings/7`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(TypeError);
  });

  it('never answers after it acted, until the client gives up', async () => {
    const { server, stored, simulator } = await start();
    simulator.faults.add({ fault: { kind: 'silence' } });
    const gone = new AbortController();
    const answer = fetch(`${server.url}/greetings`, { method: 'POST', signal: gone.signal });
    while (stored() === 0) await new Promise((resolve) => setImmediate(resolve));
    gone.abort(new Error('gave up'));
    await expect(answer).rejects.toThrow('gave up');
  });

  it('streams a huge body that is one valid JSON string', async () => {
    const { server, simulator } = await start();
    simulator.faults.add({ fault: { kind: 'huge-body', bytes: 5_000_000 } });
    const text = await (await fetch(`${server.url}/greetings/7`)).text();
    expect(text).toHaveLength(5_000_000);
    expect(JSON.parse(text)).toHaveLength(4_999_998);
  });

  it.each([
    [{ kind: 'html', status: 502 }, 502, '<!DOCTYPE html>'],
    [{ kind: 'raw', body: 'null' }, 200, 'null'],
    [{ kind: 'raw', body: '"no"', status: 400 }, 400, '"no"'],
    [{ kind: 'raw', body: '{"rows":' }, 200, '{"rows":'],
    [{ kind: 'slow', delayMs: 1 }, 200, '{"hello":"7"}'],
  ])(
    'answers as the script %o says that came over its control endpoint',
    async (fault, status, text) => {
      const { server } = await start();
      expect((await control(server, 'faults', { fault })).status).toBe(204);
      const response = await fetch(`${server.url}/greetings/7`);
      expect(response.status).toBe(status);
      expect((await response.text()).startsWith(text)).toBe(true);
    },
  );

  it('tells its audit, arrivals and state, none of which count as arrivals', async () => {
    const { server } = await start();
    await fetch(`${server.url}/greetings`, { method: 'POST' });
    const look = async (name: string) => (await fetch(`${server.controlUrl}/${name}`)).json();
    expect(await look('state')).toEqual({ stored: 1 });
    expect(await look('arrivals')).toMatchObject([{ method: 'POST', path: '/v1/greetings' }]);
    expect(await look('audit')).toMatchObject({ arrivals: 1, limits: { all: { fullest: 1 } } });
  });

  it('takes expectations and the vendor commands, and says what is wrong with a command', async () => {
    const { server } = await start();
    await control(server, 'expect', [{ method: 'GET', path: '/greetings/1' }]);
    expect((await fetch(`${server.url}/greetings/7`)).status).toBe(501);
    expect(await (await control(server, 'echo', { a: 1 })).json()).toEqual({ body: { a: 1 } });
    expect((await control(server, 'faults', { fault: { kind: 'gremlin' } })).status).toBe(400);
    expect((await control(server, 'nothing', {})).status).toBe(404);
  });

  it('refuses a body over its own limit instead of filling memory', async () => {
    const { server } = await start();
    const body = new Uint8Array(16_777_217);
    const response = await fetch(`${server.url}/greetings`, { method: 'POST', body });
    expect(response.status).toBe(413);
  });
});
