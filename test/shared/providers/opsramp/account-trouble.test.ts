import { describe, expect, it } from 'vitest';
import { hours, seconds } from '../../../../shared/kernel/duration.ts';
import { BELOW, SECRET, startPod, TENANT } from './pod.ts';

const QUERY = 'opsramp.resources.query';

const tokenCalls = (pod: Awaited<ReturnType<typeof startPod>>): number =>
  pod.simulator.arrivals.filter(({ path }) => path.endsWith('/oauth/token')).length;

describe('the token of an OpsRamp account', () => {
  it('is asked for once, and renewed a minute before its end', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(QUERY, {});
    await harness.run(QUERY, {});
    expect(tokenCalls(pod)).toBe(1);
    harness.clock.leapTo(harness.clock.nowMs() + hours(1));
    await harness.run(QUERY, {});
    expect(tokenCalls(pod)).toBe(1);
    harness.clock.leapTo(harness.clock.nowMs() + hours(1) - seconds(60));
    await harness.run(QUERY, {});
    expect(tokenCalls(pod)).toBe(2);
    expect(pod.simulator.audit().statuses).not.toHaveProperty('407');
  });

  it('counts for what is left of it where OpsRamp gives the same again', async () => {
    const pod = await startPod({ settings: { expiresInAs: 'number' } });
    const first = pod.harness();
    await first.run(QUERY, {});
    first.clock.leapTo(first.clock.nowMs() + hours(1));
    // Another process, with no token yet.
    const second = pod.harness();
    await second.run(QUERY, {});
    second.clock.leapTo(second.clock.nowMs() + hours(1) - seconds(30));
    expect(await second.run(QUERY, {})).toMatchObject({ status: 'succeeded' });
    expect(tokenCalls(pod)).toBe(3);
  });

  it('is renewed once where it is expired after all, and the call is made again', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    await harness.run(QUERY, {});
    pod.simulator.credentials.expireTokens();
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({ status: 'succeeded', failures: 0 });
    expect(pod.simulator.audit().statuses).toEqual({ '200': 4, '407': 1 });
    expect(tokenCalls(pod)).toBe(2);
  });

  it('is fetched at the path that the account names', async () => {
    const pod = await startPod({ settings: { tokenPaths: ['/tenancy/auth/oauth/token'] } });
    const wrong = await pod.harness().run(QUERY, {});
    expect(wrong).toMatchObject({ status: 'failed', error: { code: 'provider.unauthorized' } });
    expect(wrong.error?.message).toContain('tokenPath');
    const right = pod.harnessOf({ tokenPath: '/tenancy/auth/oauth/token' });
    expect(await right.run(QUERY, {})).toMatchObject({ status: 'succeeded' });
  });

  it('is fetched with the new secret once that is there', async () => {
    const pod = await startPod();
    pod.simulator.credentials.rotate(SECRET.key, 'next');
    const harness = pod.harness();
    const refused = await harness.run(QUERY, {});
    expect(refused).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unauthorized', vendorStatus: 401 },
    });
    harness.putSecret({ ...SECRET, secret: 'next' });
    expect(await harness.run(QUERY, {})).toMatchObject({ status: 'succeeded' });
  });

  it('stays out of the job and of what is announced of it', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    const job = await harness.run(QUERY, {});
    const token = await tokenIn(pod);
    expect(token).toMatch(/^[0-9a-f]{36}$/);
    const written = JSON.stringify([job, harness.announced]);
    expect(written).not.toContain(token);
    expect(written).not.toContain(SECRET.secret);
  });
});

/** As the simulator sees it: its answer to the exchange, asked for by hand. */
async function tokenIn(pod: Awaited<ReturnType<typeof startPod>>): Promise<string> {
  const { body } = pod.simulator.handle({
    method: 'POST',
    path: '/auth/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(
      `grant_type=client_credentials&client_id=${SECRET.key}&client_secret=${SECRET.secret}`,
    ),
  });
  return JSON.parse(Buffer.from(body as Uint8Array).toString()).access_token;
}

describe('an OpsRamp job at a tenant that is closed', () => {
  it('fails at once, and says why', async () => {
    const pod = await startPod();
    const harness = pod.harness();
    pod.simulator.control('tenants', { [TENANT]: 'deactivated' });
    const job = await harness.run(QUERY, {});
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', vendorStatus: 410 },
    });
    expect(job.error?.message).toContain('the tenant is unavailable or was deactivated');
    expect(pod.requests()).toHaveLength(1);
  });
});

describe('an OpsRamp job at a vendor that is unwell', () => {
  it.each([
    ['a page with status 200', { kind: 'html', status: 200 }, 'provider.malformed-answer'],
    ['status 503', { kind: 'status', status: 503 }, 'provider.unavailable'],
    ['half a body', { kind: 'half-body' }, 'provider.malformed-answer'],
    ['an object for a list', { kind: 'raw', body: '{"a":1}' }, 'provider.malformed-answer'],
    [
      'text for a list',
      { kind: 'raw', body: 'fine', contentType: 'text/plain' },
      'provider.malformed-answer',
    ],
    ['a cut connection', { kind: 'cut' }, 'provider.timed-out'],
    [
      'something not ready',
      { kind: 'raw', status: 500, body: '{"code":"0005"}' },
      'provider.unavailable',
    ],
  ] as const)('tries a read again after %s', async (_what, fault, code) => {
    const pod = await startPod();
    const harness = pod.harness();
    pod.simulator.faults.add({ path: `${BELOW}/resources/search`, fault });
    const { id } = await harness.submit(QUERY, {});
    expect(await harness.deliver(id)).toMatchObject({
      status: 'waiting',
      waiting: { for: 'retry' },
      error: { code },
    });
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', result: { rows: 5 } });
  });

  it.each([
    ['that says when', { retryAfterSeconds: 90 }, 90_000],
    ['that says nothing', {}, 1_000],
  ])('stops the lane after a 429 %s, and counts no attempt', async (_what, headers, waitMs) => {
    const pod = await startPod();
    const harness = pod.harness();
    pod.simulator.faults.add({
      path: `${BELOW}/resources/search`,
      fault: { kind: 'throttle', ...headers },
    });
    const { id } = await harness.submit(QUERY, {});
    const fromMs = harness.clock.nowMs();
    const job = await harness.deliver(id);
    expect(job?.waiting).toMatchObject({ for: 'blocked', budget: 'opsramp/acme/device.paged' });
    expect((job?.waiting?.untilMs ?? 0) - fromMs).toBeGreaterThanOrEqual(waitMs);
    expect(job).toMatchObject({ failures: 0 });
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded' });
  });
});
