import { describe, expect, it } from 'vitest';
import { days } from '../../../../../shared/kernel/duration.ts';
import { RemoveStaleParams } from '../../../../../shared/providers/automox/jobs/servers-remove-stale.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const REMOVE = 'automox.servers.remove-stale';
const report = { olderThanDays: 90 };

const LONG_AGO = '2025-06-01 08:00:00';
const RECENTLY = '2026-02-20T08:00:00+0000';

const ids = (console: Console): number[] => console.devices().map(({ id }) => id);

/** Ten devices, of which the first two were not seen since June; the third is connected. */
function age(console: Console): void {
  for (const [index, device] of console.devices().entries()) {
    const stale = index < 3;
    Object.assign(device, {
      connected: index === 2,
      last_refresh_time: stale ? LONG_AGO : RECENTLY,
      last_disconnect_time: null,
    });
  }
}

async function startAged() {
  const console = await startConsole({ fleet: { devices: 10 } });
  age(console);
  return console;
}

const removal = (job: { readonly id: string }, maxPercent = 20) => ({
  remove: { report: job.id, maxPercent },
});

describe('automox.servers.remove-stale, the report', () => {
  it('lists the devices that were not seen for so long, and removes none', async () => {
    const console = await startAged();
    const harness = console.harness();
    const job = await harness.run(REMOVE, { report });
    expect(job).toMatchObject({
      status: 'succeeded',
      summary: '2 stale devices listed of 10 read',
    });
    expect(await harness.result(job)).toMatchObject(
      ids(console)
        .slice(0, 2)
        .map((id) => ({ id, last_seen: '2025-06-01T08:00:00.000Z' })),
    );
    expect(console.requests()).toEqual(['GET /servers']);
  });

  it('takes a device for seen when nobody says when that was', async () => {
    const console = await startAged();
    for (const device of console.devices()) {
      Object.assign(device, { last_refresh_time: 'some day', connected: false });
    }
    expect(await console.harness().run(REMOVE, { report })).toMatchObject({ result: { rows: 0 } });
  });

  it('lists only among the selected devices', async () => {
    const console = await startAged();
    const [first] = console.devices();
    const select = { name: first?.name ?? '' };
    const job = await console.harness().run(REMOVE, { report: { ...report, select } });
    expect(job).toMatchObject({ result: { rows: 1 } });
  });

  it('lists each device once, whenever its worker is killed', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const request = { type: REMOVE, params: { report }, prepare: () => age(console) };
    await killEverywhere(console, request, async ({ harness, job }) => {
      expect(job.status).toBe('succeeded');
      expect(await harness.result(job)).toHaveLength(2);
    });
  });
});

describe('automox.servers.remove-stale, the removal', () => {
  it('removes the devices of the report and no other', async () => {
    const console = await startAged();
    const harness = console.harness();
    const all = ids(console);
    const listed = await harness.run(REMOVE, { report });
    for (const device of console.devices()) {
      Object.assign(device, { connected: false, last_refresh_time: LONG_AGO });
    }
    const job = await harness.run(REMOVE, removal(listed));
    expect(job).toMatchObject({ status: 'succeeded', summary: 'removed 2 devices' });
    expect(await harness.result(job)).toEqual({
      report: listed.id,
      devices: 2,
      removed: 2,
      spared: [],
      failed: [],
      uncertain: [],
    });
    expect(ids(console)).toEqual(all.slice(2));
  });

  it('spares a device that came back, and counts one that is gone as removed', async () => {
    const console = await startAged();
    const harness = console.harness();
    const [first = 0, second = 0] = ids(console);
    const listed = await harness.run(REMOVE, { report });
    console.org().devices.delete(first);
    Object.assign(console.org().devices.get(second) ?? {}, { last_refresh_time: RECENTLY });
    const job = await harness.run(REMOVE, removal(listed));
    expect(job.summary).toBe('removed 1 device, 1 seen again since the report and spared');
    expect(await harness.result(job)).toMatchObject({ spared: [second] });
    expect(console.requests('DELETE')).toEqual([]);
  });

  it('takes 404 for removed, after a delete whose answer was lost', async () => {
    const console = await startAged();
    const harness = console.harness();
    const listed = await harness.run(REMOVE, { report });
    console.simulator.faults.add({ method: 'DELETE', fault: { kind: 'cut' } });
    const job = await harness.run(REMOVE, removal(listed));
    expect(job).toMatchObject({ status: 'succeeded', summary: 'removed 2 devices' });
    expect(console.devices()).toHaveLength(8);
  });

  it('goes on past a refused device, and a retry removes only that one', async () => {
    const console = await startAged();
    const harness = console.harness();
    const [first] = ids(console);
    const listed = await harness.run(REMOVE, { report });
    console.simulator.faults.add({ method: 'DELETE', fault: { kind: 'status', status: 409 } });
    const job = await harness.run(REMOVE, removal(listed));
    expect(job).toMatchObject({ status: 'partial', summary: 'removed 1 device, 1 failed' });
    expect(await harness.result(job)).toMatchObject({ failed: [{ devices: [first] }] });
    expect(await harness.retry(job.id)).toMatchObject({ status: 'succeeded' });
    expect(console.requests('DELETE')).toHaveLength(3);
  });

  it('refuses as a whole where the report lists too much of the fleet', async () => {
    const console = await startAged();
    const harness = console.harness();
    const listed = await harness.run(REMOVE, { report });
    const job = await harness.run(REMOVE, removal(listed, 19));
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.refused' } });
    expect(job.error?.message).toContain('2 of 10 devices (20.0 %)');
    expect(console.requests()).toEqual(['GET /servers']);
  });

  it('refuses what is no report, and a report of a week ago', async () => {
    const console = await startAged();
    const harness = console.harness();
    const listed = await harness.run(REMOVE, { report });
    const query = await harness.run('automox.servers.query', {});
    const problems = async (id: string) =>
      (await harness.run(REMOVE, removal({ id }))).error?.message;
    expect(await problems(query.id)).toContain('is no finished report');
    harness.clock.leapTo(harness.clock.nowMs() + days(7) + 1);
    expect(await problems(listed.id)).toContain('more than a week old');
    expect(console.requests('DELETE')).toEqual([]);
  });

  it('removes each device once, whenever its worker is killed', async () => {
    const console = await startAged();
    const request = {
      type: REMOVE,
      params: async (harness: JobHarness) => removal(await harness.run(REMOVE, { report })),
      prepare: () => age(console),
    };
    const steps = await killEverywhere(console, request, ({ job }) => {
      expect(job).toMatchObject({ status: 'succeeded', summary: 'removed 2 devices' });
      expect(console.devices()).toHaveLength(8);
      expect(console.requests('DELETE').length).toBeLessThanOrEqual(3);
    });
    expect(steps).toBeGreaterThan(12);
  });

  it('S20 only reads when it observes', async () => {
    const console = await startAged();
    const harness = console.harness();
    const listed = await harness.run(REMOVE, { report });
    const job = await harness.run(REMOVE, removal(listed), { mode: 'observe' });
    expect(job.summary).toBe('would remove 2 devices');
    expect(console.requests('DELETE')).toEqual([]);
    expect(console.devices()).toHaveLength(10);
  });
});

describe('RemoveStaleParams', () => {
  for (const [what, params] of [
    ['neither', {}],
    ['both', { report, remove: { report: 'job_0123456789abcdef' } }],
    ['a report of today', { report: { olderThanDays: 0 } }],
    ['an id that is a path', { remove: { report: '../other/job_0123456789' } }],
    ['more than the fleet', { remove: { report: 'job_0123456789abcdef', maxPercent: 101 } }],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(RemoveStaleParams.safeParse(params).success).toBe(false);
    });
  }
});
