import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { basic } from './cloud.ts';

const MAIN = fileURLToPath(new URL('../../../../local/simulators/amp/main.ts', import.meta.url));

describe('node local/simulators/amp/main.ts', () => {
  it('prints one line of JSON with its URL, serves there, and ends on SIGTERM', async () => {
    const options = ['--computers', '30', '--events', '5', '--client', 'c', '--key', 'k'];
    const child = spawn(process.execPath, [MAIN, '--port', '0', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { name, url, controlUrl } = JSON.parse(String(line));
      expect(name).toBe('amp');
      const headers = { authorization: basic('c:k') };
      const listed = await fetch(`${url}/computers`, { headers });
      expect(await listed.json()).toMatchObject({ metadata: { results: { total: 30 } } });
      const audit = await (await fetch(`${controlUrl}/audit`)).json();
      expect(audit).toMatchObject({ limits: { business: { fullest: 1, limit: 3_000 } } });
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
