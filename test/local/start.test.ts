import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { queryServers } from './stack/messages.ts';
import { startProcess } from './start-process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-start-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const data = () => join(folder, 'data');

const started = (...args: readonly string[]) =>
  startProcess('--data', data(), '--port', '0', ...args);

const urlIn = (output: string, name: string): string =>
  new RegExp(`${name} +(\\S+)`).exec(output)?.[1] ?? '(not printed)';

async function getJson<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T;
}

describe('npm start', () => {
  it('prints where everything is, lets what runs end on Ctrl-C, and keeps it', async () => {
    const first = started();
    const output = await first.untilPrinted('Stop: Ctrl-C');
    const api = urlIn(output, 'HTTP API');
    expect(await getJson(urlIn(output, 'Health'))).toMatchObject({
      status: 'ok',
      aws: { sqs: urlIn(output, 'AWS endpoint') },
      intakeQueueUrl: urlIn(output, 'Intake queue'),
      simulators: { automox: { url: urlIn(output, 'Simulated automox') } },
      accounts: { acme: { secretId: urlIn(output, 'Secrets') } },
    });
    expect(urlIn(output, 'Data and logs')).toBe(data());

    const simulator = urlIn(output, 'Simulated automox').replace('/api', '/__simulator');
    const fault = { kind: 'slow', delayMs: 1_000 };
    const faults = JSON.stringify({ path: '/servers', fault });
    await fetch(`${simulator}/faults`, { method: 'POST', body: faults });
    const body = JSON.stringify(queryServers('slow'));
    const submitted = await fetch(`${api}/jobs`, { method: 'POST', body });
    const { id } = (await submitted.json()) as { id: string };
    await expect
      .poll(() => getJson(`${simulator}/arrivals`))
      .toEqual([expect.objectContaining({ path: '/api/servers' })]);
    first.interrupt();
    const end = await first.ended();
    expect(end).toMatchObject({ code: 0, output: expect.stringContaining('Nothing was lost') });
    expect(readFileSync(join(data(), 'logs', 'worker-automox.log'), 'utf8')).toContain(id);

    const second = started();
    const again = urlIn(await second.untilPrinted('Stop: Ctrl-C'), 'HTTP API');
    expect(await getJson<JobView>(`${again}/jobs/${id}`)).toMatchObject({ status: 'succeeded' });
  });

  it('is refused beside another on the same folder, and takes over from one that died', async () => {
    const first = started();
    const api = urlIn(await first.untilPrinted('Stop: Ctrl-C'), 'HTTP API');
    const body = JSON.stringify(queryServers('before'));
    await fetch(`${api}/jobs`, { method: 'POST', body });
    expect(await started('--fresh').ended()).toMatchObject({
      code: 2,
      output: expect.stringContaining('is used by a running stack'),
    });
    expect(await getJson(`${api}/jobs`)).toMatchObject({ jobs: [expect.anything()] });
    first.killAll();
    await first.ended();
    const fresh = started('--fresh');
    const emptied = urlIn(await fresh.untilPrinted('Stop: Ctrl-C'), 'HTTP API');
    expect(await getJson(`${emptied}/jobs`)).toEqual({ jobs: [] });
  });

  it('says which port is taken and what to do, and leaves with code 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, output } = await startProcess('--data', data(), '--port', String(port)).ended();
    expect(code).toBe(2);
    expect(output).toContain(`127.0.0.1:${port}`);
    expect(output).toContain('pass --port N');
  });

  it('names every wrong field of the config, and leaves with code 2', async () => {
    const config = join(folder, 'wrong.json');
    writeFileSync(config, '{"accounts": {"acme": {"provider": "automox"}}, "webhook": {}}');
    const { code, output } = await started('--config', config).ended();
    expect(code).toBe(2);
    expect(output).toContain('accounts.acme.organizationId');
    expect(output).toContain('webhook');
    expect(output).not.toContain('    at ');
  });

  it('names an option that it does not know, and leaves with code 2', async () => {
    const { code, output } = await startProcess('--prot', '80').ended();
    expect(code).toBe(2);
    expect(output).toContain("Unknown option '--prot'");
  });
});
