import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const RUN = 'automox.policy.run';
const policyId = 1_000_100;
const ACTION = `POST /policies/${policyId}/action`;

const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);

describe('automox.policy.run', () => {
  it('runs the whole policy with one call', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(RUN, { policyId });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.summary).toBe(`started policy ${policyId} on all of its devices`);
    expect(harness.calls.map(({ body }) => body)).toEqual([{ action: 'remediateAll' }]);
  });

  it('runs it on each listed device with a call of its own', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const devices = deviceIds(console);
    const job = await harness.run(RUN, { policyId, devices: [...devices, ...devices] });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 5 });
    expect(harness.calls.map(({ key, body }) => [key, body])).toEqual(
      devices.map((id) => [`device-${id}`, { action: 'remediateServer', serverId: id }]),
    );
    expect(await harness.result(job)).toEqual({
      policyId,
      devices: 5,
      started: 5,
      failed: [],
      uncertain: [],
    });
  });

  it('goes on past a refused device, and a retry runs only that one', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [first = 0, second = 0] = deviceIds(console);
    const job = await harness.run(RUN, { policyId, devices: [first, 4_711, second] });
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toBe(`started policy ${policyId} on 2 devices, 1 failed`);
    const problem = 'Automox answered 404 to policies.run: Server not found';
    expect(await harness.result(job)).toMatchObject({
      started: 2,
      failed: [{ code: 'provider.not-found', problem, devices: [4_711] }],
    });
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({ status: 'partial', progress: { done: 1, total: 1 } });
    expect(harness.calls.slice(3).map(({ key }) => key)).toEqual(['device-4711']);
  });

  it('goes on past a device whose call was not answered, and a retry runs only that one', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ skip: 1, fault: { kind: 'cut' } });
    const devices = deviceIds(console);
    const job = await harness.run(RUN, { policyId, devices });
    expect(job).toMatchObject({ status: 'partial' });
    expect(job.summary).toContain('1 uncertain: it may or may not run there');
    expect(await harness.result(job)).toMatchObject({ started: 4, uncertain: [devices[1]] });
    expect(console.requests()).toHaveLength(5);
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
    expect(harness.calls.slice(5).map(({ key }) => key)).toEqual([`device-${devices[1]}`]);
  });

  it('takes a 500 for uncertain: Automox may have acted before it failed', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ fault: { kind: 'status', status: 500, acted: true } });
    const job = await harness.run(RUN, { policyId, devices: deviceIds(console).slice(0, 2) });
    expect(await harness.result(job)).toMatchObject({ uncertain: [deviceIds(console)[0]] });
  });

  it('is uncertain when no device was answered', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ times: 5, fault: { kind: 'cut' } });
    const job = await harness.run(RUN, { policyId, devices: deviceIds(console) });
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
    expect(console.requests()).toHaveLength(5);
  });

  it('is uncertain, and not repeated, when the whole run is not answered', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ fault: { kind: 'cut' } });
    const job = await harness.run(RUN, { policyId });
    expect(job).toMatchObject({ status: 'uncertain', error: { code: 'provider.no-answer' } });
    expect(await harness.deliver(job.id)).toEqual(job);
    expect(console.requests()).toEqual([ACTION]);
  });

  it('fails when every device is refused', async () => {
    const console = await startConsole();
    const job = await console.harness().run(RUN, { policyId, devices: [7, 8] });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.not-found', vendorStatus: 404 },
    });
  });

  it('waits for the budget after a 429, and then goes on where it was', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ skip: 2, fault: { kind: 'throttle', retryAfterSeconds: 7 } });
    const { id } = await harness.submit(RUN, { policyId, devices: deviceIds(console) });
    const startedAtMs = harness.clock.nowMs();
    const waiting = await harness.deliver(id);
    expect(waiting).toMatchObject({
      status: 'waiting',
      attempts: 2,
      waiting: { for: 'blocked', budget: 'automox/acme/account' },
    });
    expect(harness.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(7_000);
    expect(await harness.finish(id)).toMatchObject({ status: 'succeeded', attempts: 5 });
    expect(console.requests()).toHaveLength(6);
  });

  it('stops where the key is no longer taken, and says what was not run', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ skip: 2, fault: { kind: 'status', status: 401 } });
    const devices = deviceIds(console);
    const job = await harness.run(RUN, { policyId, devices });
    expect(job).toMatchObject({ status: 'partial' });
    expect(await harness.result(job)).toMatchObject({
      started: 2,
      failed: [{ code: 'provider.unauthorized', devices: devices.slice(2) }],
    });
    expect(console.requests()).toHaveLength(3);
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
  });

  it('runs no device twice, and reports the rest, whenever its worker is killed', async () => {
    const console = await startConsole();
    const devices = deviceIds(console).slice(0, 3);
    const steps = await killEverywhere(
      console,
      { type: RUN, params: { policyId, devices } },
      async ({ harness, job }) => {
        const keys = harness.calls.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const result = (await harness.result(job)) as { started: number; uncertain: number[] };
        expect(result.started + result.uncertain.length).toBe(3);
        expect(job.status).toBe(result.uncertain.length === 0 ? 'succeeded' : 'partial');
        expect(console.org().runs.length).toBeGreaterThanOrEqual(result.started);
      },
    );
    expect(steps).toBeGreaterThan(12);
  });

  it('S20 makes no call when it observes', async () => {
    const console = await startConsole();
    const params = { policyId, devices: deviceIds(console) };
    const job = await console.harness().run(RUN, params, { mode: 'observe' });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 0 });
    expect(job.summary).toBe(`would run policy ${policyId} on 5 devices`);
    expect(console.requests()).toEqual([]);
  });
});
