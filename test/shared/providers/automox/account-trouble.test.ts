import { describe, expect, it } from 'vitest';
import { startConsole } from './console.ts';

const QUERY = 'automox.servers.query';

describe('an Automox job whose key was rotated', () => {
  it('fetches the new key once and goes on', async () => {
    const console = await startConsole();
    const harness = console.harness();
    await harness.run(QUERY, {});
    console.simulator.keys.rotate('automox-key', 'next-key');
    harness.putSecret({ apiKey: 'next-key' });
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2, failures: 0 });
    expect(harness.secretReads()).toBe(2);
    expect(console.simulator.audit().statuses).toEqual({ '200': 2, '401': 1 });
  });

  it('fails without another call where the secret is still the old one', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.keys.rotate('automox-key', 'next-key');
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unauthorized', vendorStatus: 401 },
    });
    expect(console.requests()).toHaveLength(1);
  });

  it('fails without any call where the secret is no key', async () => {
    const console = await startConsole();
    const harness = console.harness();
    harness.putSecret({ apikey: 'hush' });
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({ status: 'failed', error: { code: 'account.secret-invalid' } });
    expect(JSON.stringify(job)).not.toContain('hush');
    expect(console.requests()).toEqual([]);
  });
});

describe('an Automox job at a vendor that is unwell', () => {
  for (const [what, fault, code] of [
    ['a page with status 200', { kind: 'html', status: 200 }, 'provider.malformed-answer'],
    ['a page with status 503', { kind: 'html', status: 503 }, 'provider.unavailable'],
    ['half a body', { kind: 'half-body' }, 'provider.malformed-answer'],
    ['an object for a list', { kind: 'raw', body: '{"a":1}' }, 'provider.malformed-answer'],
    ['a text for a list', { kind: 'raw', body: '"fine"' }, 'provider.malformed-answer'],
    ['a cut connection', { kind: 'cut' }, 'provider.timed-out'],
    ['status 500', { kind: 'status', status: 500 }, 'provider.unavailable'],
  ] as const) {
    it(`tries a read again after ${what}`, async () => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ fault });
      const { id } = await harness.submit(QUERY, {});
      expect(await harness.deliver(id)).toMatchObject({
        status: 'waiting',
        waiting: { for: 'retry' },
        error: { code },
      });
      expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', result: { rows: 5 } });
    });
  }

  it('reads no devices from null, as Automox answers for an empty collection', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ fault: { kind: 'raw', body: 'null' } });
    const job = await console.harness().run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', result: { rows: 0 } });
  });

  for (const [what, headers, waitMs] of [
    ['as long as it says', { retryAfterSeconds: 90 }, 90_000],
    ['a minute where it does not say', {}, 60_000],
  ] as const) {
    it(`waits after a 429 ${what}, and counts no attempt`, async () => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ fault: { kind: 'throttle', ...headers } });
      const { id } = await harness.submit(QUERY, {});
      const fromMs = harness.clock.nowMs();
      const job = await harness.deliver(id);
      expect(job).toMatchObject({ status: 'waiting', attempts: 0, failures: 0 });
      expect(job?.waiting).toMatchObject({ for: 'blocked', budget: 'automox/acme/servers.list' });
      expect((job?.waiting?.untilMs ?? 0) - fromMs).toBeGreaterThanOrEqual(waitMs);
      expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', attempts: 1 });
    });
  }
});
