import { describe, expect, it } from 'vitest';
import { ServerCommandParams } from '../../../../../shared/providers/automox/jobs/server-command.ts';
import { killEverywhere } from '../../../../support/kill-everywhere.ts';
import { type Console, startConsole } from '../console.ts';

const COMMAND = 'automox.server.command';
const command = 'Reboot';

const deviceIds = (console: Console): number[] => console.devices().map(({ id }) => id);
const queued = (console: Console) =>
  console.org().commands.map(({ server_id, command_type_name }) => [server_id, command_type_name]);

/** No device answers its commands, so each stays in the queue. */
const slowDevices = { settings: { commandDelayMs: 86_400_000 } };

describe('automox.server.command', () => {
  it('queues the command for each device, after a look at its queue', async () => {
    const console = await startConsole();
    const harness = console.harness();
    const [first = 0, second = 0] = deviceIds(console);
    const job = await harness.run(COMMAND, { devices: [first, second, first], command });
    expect(job).toMatchObject({ status: 'succeeded', summary: 'queued Reboot for 2 devices' });
    expect(queued(console)).toEqual([
      [first, 'Reboot'],
      [second, 'Reboot'],
    ]);
    expect(console.requests()).toEqual([
      `GET /servers/${first}/queues`,
      `POST /servers/${first}/queues`,
      `GET /servers/${second}/queues`,
      `POST /servers/${second}/queues`,
    ]);
    expect(await harness.result(job)).toEqual({
      command,
      waiting: [],
      devices: 2,
      queued: 2,
      failed: [],
      uncertain: [],
    });
  });

  it('names the updates to install, parted by spaces', async () => {
    const console = await startConsole();
    const [id = 0] = deviceIds(console);
    const params = { devices: [id], command: 'InstallUpdate', updates: ['openssl', 'curl'] };
    expect(await console.harness().run(COMMAND, params)).toMatchObject({ status: 'succeeded' });
    expect(console.org().commands).toMatchObject([{ args: 'openssl curl' }]);
  });

  it('queues nothing twice while the first is not answered, and again afterwards', async () => {
    const console = await startConsole({ settings: { commandDelayMs: 60_000 } });
    const harness = console.harness();
    for (const device of console.devices()) Object.assign(device, { connected: true });
    const params = { devices: deviceIds(console), command };
    await harness.run(COMMAND, params);
    const again = await harness.run(COMMAND, params);
    expect(again).toMatchObject({
      status: 'succeeded',
      summary: 'queued Reboot for 0 devices, 5 had it in the queue already',
    });
    expect(await harness.result(again)).toMatchObject({ waiting: params.devices, queued: 0 });
    await harness.run(COMMAND, { ...params, command: 'GetOS' });
    expect(queued(console)).toHaveLength(10);
    harness.clock.leapTo(harness.clock.nowMs() + 60_000);
    await harness.run(COMMAND, params);
    expect(queued(console)).toHaveLength(15);
  });

  it('goes on past a device that there is not, and a retry asks only for that one', async () => {
    const console = await startConsole(slowDevices);
    const harness = console.harness();
    const [first = 0, second = 0] = deviceIds(console);
    const job = await harness.run(COMMAND, { devices: [first, 4_711, second], command });
    expect(job).toMatchObject({
      status: 'partial',
      summary: 'queued Reboot for 2 devices, 1 failed',
    });
    expect(await harness.result(job)).toMatchObject({
      failed: [{ code: 'provider.not-found', devices: [4_711] }],
    });
    const before = console.requests().length;
    expect(await harness.retry(job.id)).toMatchObject({ status: 'partial' });
    expect(console.requests().slice(before)).toEqual(['GET /servers/4711/queues']);
  });

  it('fails where Automox refuses the only device', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'status', status: 400 } });
    const devices = deviceIds(console).slice(0, 1);
    const job = await console.harness().run(COMMAND, { devices, command });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'provider.rejected' } });
  });

  for (const [what, fault, posts] of [
    ['the answer is lost', { kind: 'cut' }, 1],
    ['a 503 hides that it acted', { kind: 'status', status: 503, acted: true }, 1],
    ['Automox did not act', { kind: 'cut', acted: false }, 2],
  ] as const) {
    it(`queues one command when ${what}, also where the device answered meanwhile`, async () => {
      const console = await startConsole({ settings: { commandDelayMs: 0 } });
      console.simulator.faults.add({ method: 'POST', fault });
      const devices = deviceIds(console).slice(0, 1);
      const job = await console.harness().run(COMMAND, { devices, command });
      expect(job).toMatchObject({ status: 'succeeded' });
      expect(queued(console)).toHaveLength(1);
      expect(console.requests('POST')).toHaveLength(posts);
    });
  }

  it('is uncertain where nobody can say whether it is queued', async () => {
    const console = await startConsole();
    console.simulator.faults.add({ method: 'POST', fault: { kind: 'cut' } });
    const looks = {
      method: 'GET',
      skip: 1,
      times: 9,
      fault: { kind: 'status', status: 503 },
    } as const;
    console.simulator.faults.add(looks);
    const devices = deviceIds(console).slice(0, 1);
    const job = await console.harness().run(COMMAND, { devices, command });
    expect(job.status).toBe('uncertain');
    expect(console.requests('POST')).toHaveLength(1);
  });

  it('queues one command for each device, whenever its worker is killed', async () => {
    const console = await startConsole({ settings: { commandDelayMs: 0 } });
    const devices = deviceIds(console).slice(0, 2);
    const steps = await killEverywhere(
      console,
      { type: COMMAND, params: { devices, command } },
      async ({ harness, job }) => {
        expect(job.status).toBe('succeeded');
        expect(queued(console)).toEqual(devices.map((id) => [id, 'Reboot']));
        expect(await harness.result(job)).toMatchObject({ queued: 2, waiting: [] });
      },
    );
    expect(steps).toBeGreaterThan(12);
  });

  it('S20 only looks when it observes', async () => {
    const console = await startConsole();
    const devices = deviceIds(console).slice(0, 1);
    const job = await console.harness().run(COMMAND, { devices, command }, { mode: 'observe' });
    expect(job.summary).toBe('would queue Reboot for 1 device');
    expect(console.requests()).toEqual([`GET /servers/${devices[0]}/queues`]);
    expect(job.timeline).toContainEqual(expect.objectContaining({ event: 'would-call' }));
  });
});

describe('ServerCommandParams', () => {
  for (const [what, params] of [
    ['no device', { devices: [], command }],
    ['an unknown command', { devices: [1], command: 'Format' }],
    ['updates beside another command', { devices: [1], command, updates: ['curl'] }],
    ['InstallUpdate without updates', { devices: [1], command: 'InstallUpdate' }],
    ['an update with a space', { devices: [1], command: 'InstallUpdate', updates: ['a b'] }],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(ServerCommandParams.safeParse(params).success).toBe(false);
    });
  }
});
