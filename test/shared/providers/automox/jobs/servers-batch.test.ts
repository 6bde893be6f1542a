import { describe, expect, it } from 'vitest';
import { seconds } from '../../../../../shared/kernel/duration.ts';
import { ServersBatchParams } from '../../../../../shared/providers/automox/jobs/batch-params.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const BATCH = 'automox.servers.batch';
const apply = (...value: string[]) => [{ attribute: 'tags', action: 'apply', value }];
const remove = (...value: string[]) => [{ attribute: 'tags', action: 'remove', value }];

const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);

/** Automox changes tags some time after its answer. */
function tagged(console: Console, harness: JobHarness, tag: string): number[] {
  harness.clock.leapTo(harness.clock.nowMs() + seconds(5));
  return console
    .devices()
    .filter(({ tags }) => tags.includes(tag))
    .map(({ id }) => id);
}

const batchSizes = (console: Console): number[] =>
  console.simulator
    .audit()
    .writes.filter(({ status }) => status === 200)
    .map(({ effects }) => effects);

describe('automox.servers.batch', () => {
  it('changes each listed device once, however often it is listed', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [first = 0, second = 0] = deviceIds(console);
    const params = { devices: [first, second, first], actions: apply('pilot') };
    const job = await harness.run(BATCH, params);
    expect(job).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(await harness.result(job)).toEqual({ chunks: 1, devices: 2, failed: [] });
    expect(tagged(console, harness, 'pilot')).toEqual([first, second]);
    expect(batchSizes(console)).toEqual([2]);
  });

  it('sends 500 devices a call', async () => {
    const console = await startConsole({ fleet: { devices: 1_001 } });
    const harness = console.harness();
    const job = await harness.run(BATCH, { devices: deviceIds(console), actions: apply('x') });
    expect(batchSizes(console)).toEqual([500, 500, 1]);
    expect(job.summary).toBe('asked Automox to change the tags of 1,001 devices in 3 calls');
    expect(job.progress).toEqual({ done: 3, total: 3, unit: 'calls' });
  });

  it('keeps to 5 calls in a minute without ever being refused', async () => {
    const console = await startConsole({ fleet: { devices: 3_500 } });
    const harness = console.harness();
    const job = await harness.run(BATCH, { devices: deviceIds(console), actions: apply('x') });
    expect(job.waitedMs).toBeGreaterThan(seconds(59));
    const { limits, statuses } = console.simulator.audit();
    expect(limits['servers.batch']).toMatchObject({ fullest: 5, refused: 0 });
    expect(statuses).toEqual({ '200': 7 });
  });

  it('acts on the devices that a query selects', async () => {
    const console = await startConsole({ fleet: { devices: 600 } });
    const harness = console.harness();
    const select = { groupId: 1_000_001, osFamily: 'Windows', name: 'WS-*' };
    const expected = console
      .devices()
      .filter((it) => it.server_group_id === select.groupId && it.name.startsWith('WS-'))
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(10);
    const job = await harness.run(BATCH, { select, actions: apply('pilot') });
    expect(job.status).toBe('succeeded');
    expect(tagged(console, harness, 'pilot')).toEqual(expected);
  });

  it('acts on the device of a host name alone, whatever stars the name holds', async () => {
    const console = await startConsole({ fleet: { devices: 12 } });
    const harness = console.harness();
    const [, device] = console.devices();
    const hostName = device?.name.toLowerCase() ?? '';
    await harness.run(BATCH, { select: { hostName }, actions: apply('found') });
    expect(tagged(console, harness, 'found')).toEqual([device?.id]);
    const star = await harness.run(BATCH, { select: { hostName: '*' }, actions: apply('all') });
    expect(star.summary).toContain('0 devices');
    expect(tagged(console, harness, 'all')).toEqual([]);
  });

  it('succeeds without a call when nothing is selected', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(BATCH, { select: { name: 'nowhere-*' }, actions: apply('x') });
    expect(job.status).toBe('succeeded');
    expect(await harness.result(job)).toEqual({ chunks: 0, devices: 0, failed: [] });
    expect(console.requests()).toEqual(['GET /servers']);
  });

  it('changes all that it selected, and none twice over, whenever its worker is killed', async () => {
    const console = await startConsole({ fleet: { devices: 501 }, settings: { batchDelayMs: 0 } });
    const prepare = () => {
      for (const device of console.devices()) device.tags = ['lab'];
    };
    const params = { select: { tag: 'lab' }, actions: remove('lab') };
    const steps = await killEverywhere(
      console,
      { type: BATCH, params, prepare },
      async ({ harness, job }) => {
        expect(job.status).toBe('succeeded');
        expect(await harness.result(job)).toEqual({ chunks: 2, devices: 501, failed: [] });
        expect(tagged(console, harness, 'lab')).toEqual([]);
        // The call that was under way when the worker was killed, and no other, is made again.
        expect(batchSizes(console).length).toBeLessThanOrEqual(3);
        expect(new Set(batchSizes(console))).toEqual(new Set([500, 1]));
        expect(console.requests('GET').length).toBeLessThanOrEqual(3);
      },
    );
    expect(steps).toBeGreaterThan(25);
  });

  it('changes all of a list too long for its row, whenever its worker is killed', async () => {
    const console = await startConsole({
      fleet: { devices: 2_100 },
      settings: { batchDelayMs: 0 },
    });
    const devices = deviceIds(console);
    const params = { devices, actions: apply('x') };
    const steps = await killEverywhere(console, { type: BATCH, params }, ({ harness, job }) => {
      expect(job).toMatchObject({ status: 'succeeded', paramsJson: 'null' });
      expect(tagged(console, harness, 'x')).toEqual(devices);
      expect(batchSizes(console).length).toBeLessThanOrEqual(6);
    });
    expect(steps).toBeGreaterThan(25);
  });

  it('lists the devices of a refused call, and sends only that one when retried', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const harness = console.harness();
    console.simulator.faults.add({
      method: 'POST',
      skip: 1,
      fault: { kind: 'raw', status: 400, body: '{"errors":{"devices":["are locked"]}}' },
    });
    const ids = deviceIds(console);
    const job = await harness.run(BATCH, { devices: ids, actions: apply('x') });
    expect(job).toMatchObject({ status: 'partial' });
    const problem = 'Automox answered 400 to servers.batch: devices: are locked';
    expect(await harness.result(job)).toEqual({
      chunks: 2,
      devices: 501,
      failed: [{ code: 'provider.rejected', problem, devices: ids.slice(500) }],
    });
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
    expect(batchSizes(console)).toEqual([500, 1]);
  });

  it('fails with the answer of Automox where every call is refused', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ fault: { kind: 'status', status: 400 } });
    const job = await harness.run(BATCH, { devices: [1], actions: apply('x') });
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'provider.rejected', vendorStatus: 400 },
    });
    expect(job.error?.vendorRequestId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sends a call again whose answer was lost', async () => {
    const console = await startConsole();
    const harness = console.harness();
    console.simulator.faults.add({ fault: { kind: 'cut' } });
    const job = await harness.run(BATCH, { devices: deviceIds(console), actions: apply('x') });
    expect(job).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(tagged(console, harness, 'x')).toEqual(deviceIds(console));
  });

  it('S20 only reads when it observes, and records each call it would have made', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const harness = console.harness();
    const params = { select: { name: '*' }, actions: apply('x') };
    const job = await harness.run(BATCH, params, { mode: 'observe' });
    expect(console.requests()).toEqual(['GET /servers', 'GET /servers']);
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(job.summary).toBe('would change the tags of 501 devices in 2 calls');
    const would = job.timeline.filter(({ event }) => event === 'would-call');
    expect(would).toMatchObject([{ key: 'chunk-0' }, { key: 'chunk-1' }]);
  });

  it('does nothing more when its message comes again after its end', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const job = await harness.run(BATCH, { devices: deviceIds(console), actions: apply('x') });
    expect(await harness.deliver(job.id)).toEqual(job);
    expect(console.requests()).toEqual(['POST /servers/batch']);
    expect(harness.announced.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });
});

describe('ServersBatchParams', () => {
  const actions = apply('x');
  for (const [what, params] of [
    ['neither devices nor select', { actions }],
    ['both', { actions, devices: [1], select: { tag: 'a' } }],
    ['an empty selection', { actions, select: {} }],
    ['no device', { actions, devices: [] }],
    ['a device id of 0', { actions, devices: [0] }],
    ['no action', { devices: [1], actions: [] }],
    ['an action without a tag', { devices: [1], actions: apply() }],
    [
      'an attribute other than tags',
      { devices: [1], actions: [{ ...actions[0], attribute: 'o' }] },
    ],
    ['an unknown condition', { actions, select: { hostname: 'a' } }],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(ServersBatchParams.safeParse(params).success).toBe(false);
    });
  }
});
