import { describe, expect, it } from 'vitest';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const BATCH = 'automox.servers.batch';
const actions = [{ attribute: 'tags', action: 'apply', value: ['pilot'] }];
const UNKNOWN = [7, 8];

const SOME = 'Automox took the call and reports that some of these devices failed, but not which';

const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);

/** Answers that take a call and report so many failures in it. */
const reports = (failedJobs: string) =>
  ({ kind: 'raw', body: `{"id":1,"failed_jobs":${failedJobs}}`, acted: true }) as const;

describe('automox.servers.batch of which Automox reports failures', () => {
  it('ends partial and names the devices among which they are', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const devices = [...deviceIds(console), ...UNKNOWN];
    const job = await harness.run(BATCH, { devices, actions });
    expect(job).toMatchObject({
      status: 'partial',
      summary: `asked Automox to change the tags of ${devices.length} devices, 2 failures reported`,
    });
    expect(await harness.result(job)).toEqual({
      chunks: 1,
      devices: devices.length,
      failed: [{ code: 'provider.rejected', problem: SOME, devices }],
      reported: [{ call: 1, failures: 2, devices: devices.length }],
    });
    expect(harness.announced.map(({ status }) => status)).toEqual(['partial']);
  });

  it('tells them from calls that were refused, and sends both again when retried', async () => {
    const console = await startConsole({ fleet: { devices: 1_001 } });
    const harness = console.harness();
    const devices = deviceIds(console);
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 400 } });
    console.simulator.faults.add({ method: 'POST', fault: reports('3') });
    const job = await harness.run(BATCH, { devices, actions });
    expect(job.summary).toBe(
      'asked Automox to change the tags of 501 devices, 500 devices refused, 3 failures reported',
    );
    expect(await harness.result(job)).toMatchObject({
      failed: [{ devices: devices.slice(0, 500) }, { problem: SOME }],
      reported: [{ call: 2, failures: 3, devices: 500 }],
    });
    const again = await harness.retry(job.id);
    expect(again).toMatchObject({ status: 'succeeded' });
    expect(await harness.result(again)).toEqual({ chunks: 3, devices: 1_001, failed: [] });
    expect(console.requests('POST')).toHaveLength(5);
  });

  it('remembers them, at whatever step its worker is killed', async () => {
    const console = await startConsole({ fleet: { devices: 501 } });
    const devices = [7, ...deviceIds(console)];
    await killEverywhere(
      console,
      { type: BATCH, params: { devices, actions } },
      async ({ harness, job }) => {
        expect(job.status).toBe('partial');
        expect(await harness.result(job)).toMatchObject({
          failed: [{ problem: SOME, devices: devices.slice(0, 500) }],
          reported: [{ call: 1, failures: 1, devices: 500 }],
        });
      },
    );
  });

  it.each(['2', '"2"', '[1840112,1840113]'])(
    'fails where they are all of its devices: %s',
    async (failedJobs) => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ method: 'POST', fault: reports(failedJobs) });
      const devices = deviceIds(console).slice(0, 2);
      expect(await harness.run(BATCH, { devices, actions })).toMatchObject({
        status: 'failed',
        error: { code: 'provider.rejected' },
      });
    },
  );

  it.each(['0', 'null', '[]', '{}', '"none"'])(
    'succeeds where there are none: %s',
    async (none) => {
      const console = await startConsole();
      const harness = console.harness();
      console.simulator.faults.add({ method: 'POST', fault: reports(none) });
      const job = await harness.run(BATCH, { devices: deviceIds(console), actions });
      expect(job.status).toBe('succeeded');
    },
  );
});
