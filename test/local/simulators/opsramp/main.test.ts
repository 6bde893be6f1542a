import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(
  new URL('../../../../local/simulators/opsramp/main.ts', import.meta.url),
);

/** `fetch` can neither send a body with a GET nor bear a 407. */
async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
): Promise<IncomingMessage> {
  const sent = request(url, { method, headers: { ...headers, 'content-length': body.length } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return response.resume();
}

describe('node local/simulators/opsramp/main.ts', () => {
  it('prints one line of JSON with its URL, serves there, and ends on SIGTERM', async () => {
    const options = ['--resources', '7', '--key', 'k', '--secret', 's', '--tenant', 'client_7'];
    const child = spawn(process.execPath, [MAIN, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { url, controlUrl } = JSON.parse(String(line));
      const tenant = `${url}/api/v2/tenants/client_7`;
      const form = { grant_type: 'client_credentials', client_id: 'k', client_secret: 's' };
      const granted = await fetch(`${url}/auth/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
      });
      const { access_token } = (await granted.json()) as { access_token: string };
      const headers = {
        authorization: `Bearer ${access_token}`,
        'content-type': 'application/json',
      };
      const listed = await fetch(`${tenant}/resources/minimal`, { headers });
      expect(await listed.json()).toHaveLength(7);
      expect(listed.headers.get('x-ratelimit-limit')).toBe('500');
      const job = { name: 'j', entities: [], script: { jobType: 'adCheckList' } };
      const made = await fetch(`${tenant}/jobs`, {
        method: 'POST',
        headers,
        body: JSON.stringify(job),
      });
      const { id } = (await made.json()) as { id: string };
      const run = (): Promise<IncomingMessage> =>
        send(`${tenant}/jobs/${id}/run`, 'GET', headers, '{"reason":"now"}');
      expect((await run()).statusCode).toBe(200);
      await fetch(`${controlUrl}/credentials`, { method: 'POST', body: '{"expireTokens":true}' });
      const late = await run();
      expect(late.statusCode).toBe(407);
      expect(late.rawHeaders).toContain('X-RateLimit-Reset');
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
