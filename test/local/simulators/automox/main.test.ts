import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(
  new URL('../../../../local/simulators/automox/main.ts', import.meta.url),
);

describe('node local/simulators/automox/main.ts', () => {
  it('prints one line of JSON with its URL, serves there, and ends on SIGTERM', async () => {
    const options = ['--port', '0', '--devices', '30', '--key', 'k', '--org', '7'];
    const child = spawn(process.execPath, [MAIN, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { url, controlUrl } = JSON.parse(String(line));
      const headers = { authorization: 'Bearer k' };
      const listed = await fetch(`${url}/servers?o=7&limit=500&page=0`, { headers });
      expect(await listed.json()).toHaveLength(30);
      const audit = await (await fetch(`${controlUrl}/audit`)).json();
      expect(audit).toMatchObject({ limits: { 'servers.list': { fullest: 1, limit: 29 } } });
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
