/** The jobs that change devices, or have them do something. */
import { expect } from 'vitest';
import type { JobHarness } from '../../../../support/job-harness.ts';
import type { Console } from '../console.ts';
import { ABSENT, type AutomoxCase, connected, deviceIds, groupIds } from './case.ts';

const actions = [{ attribute: 'tags', action: 'apply', value: ['pilot'] }];

const tagged = (console: Console): number[] =>
  console.devices().flatMap(({ id, tags }) => (tags.includes('pilot') ? [id] : []));

/** Nobody waits for tags, and no device has them before. */
function untag(console: Console): void {
  console.simulator.configure({ batchDelayMs: 0 });
  for (const device of console.devices()) device.tags = [];
}

const commands = (console: Console): number[] =>
  console.org().commands.map(({ server_id }) => server_id);

const STALE = 'automox.servers.remove-stale';

/** The first two were not seen since June. */
function age(console: Console): void {
  for (const [index, device] of console.devices().entries()) {
    Object.assign(device, {
      connected: false,
      last_refresh_time: index < 2 ? '2025-06-01 08:00:00' : '2026-02-20T08:00:00+0000',
      last_disconnect_time: null,
    });
  }
}

async function reported(console: Console, harness: JobHarness) {
  age(console);
  const { id } = await harness.run(STALE, { report: { olderThanDays: 90 } });
  return { remove: { report: id, maxPercent: 100 } };
}

const refuseOne = (console: Console, method: string): void =>
  console.simulator.faults.add({ method, fault: { kind: 'status', status: 409 } });

export const deviceCases: readonly AutomoxCase[] = [
  {
    type: 'automox.servers.batch',
    what: 'listed devices',
    begin(console) {
      untag(console);
      return { devices: deviceIds(console).slice(0, 2), actions };
    },
    done(console, result) {
      expect(result).toMatchObject({ devices: 2, failed: [] });
      expect(tagged(console)).toEqual(deviceIds(console).slice(0, 2));
    },
    again: 'the same',
    partial: {
      begin(console) {
        refuseOne(console, 'POST');
        const refused = Array.from({ length: 500 }, (_, index) => 9_001_000 + index);
        return { devices: [...refused, ...deviceIds(console).slice(0, 1)], actions };
      },
      named: () => '9001000',
    },
  },
  {
    type: 'automox.servers.batch',
    what: 'selected devices',
    begin(console) {
      untag(console);
      return { select: { name: '*' }, actions };
    },
    done(console, result) {
      expect(result).toMatchObject({ devices: 5, failed: [] });
      expect(tagged(console)).toEqual(deviceIds(console));
    },
    again: 'the same',
  },
  {
    type: 'automox.server.update',
    begin: (console) => ({
      devices: deviceIds(console).slice(0, 2),
      set: { groupId: groupIds.pilot, exception: true },
    }),
    done(console) {
      for (const device of console.devices().slice(0, 2)) {
        expect(device).toMatchObject({ server_group_id: groupIds.pilot, exception: true });
      }
    },
    again: 'nothing',
    partial: {
      begin: (console) => ({
        devices: [...deviceIds(console).slice(0, 2), ABSENT],
        set: { groupId: groupIds.pilot },
      }),
      named: () => String(ABSENT),
    },
  },
  {
    type: 'automox.server.command',
    begin(console) {
      for (const device of console.devices()) Object.assign(device, { connected: false });
      return { devices: deviceIds(console).slice(0, 2), command: 'Reboot' };
    },
    done(console) {
      expect(commands(console)).toEqual(deviceIds(console).slice(0, 2));
    },
    // The command waits in the queue of a device that is off.
    again: 'nothing',
    partial: {
      begin: (console) => ({
        devices: [...deviceIds(console).slice(0, 2), ABSENT],
        command: 'GetOS',
      }),
      named: () => String(ABSENT),
    },
  },
  {
    type: STALE,
    what: 'the report',
    begin(console) {
      age(console);
      return { report: { olderThanDays: 90 } };
    },
    done(console, result) {
      expect(result).toMatchObject(
        deviceIds(console)
          .slice(0, 2)
          .map((id) => ({ id })),
      );
    },
    again: 'nothing',
  },
  {
    type: STALE,
    what: 'the removal',
    begin: reported,
    done(console, result) {
      expect(result).toMatchObject({ removed: 2, spared: [], failed: [] });
      expect(console.devices()).toHaveLength(3);
    },
    again: 'nothing',
    partial: {
      async begin(console, harness) {
        const params = await reported(console, harness);
        refuseOne(console, 'DELETE');
        return params;
      },
      named: (console) => String(deviceIds(console)[0]),
    },
    // Who is not there is gone, whoever removed it.
    fine: ['404'],
  },
  {
    type: 'automox.policy.run',
    what: 'listed devices',
    begin: (console) => ({ policyId: 1_000_100, devices: connected(console, 2) }),
    done(console, result) {
      expect(result).toMatchObject({ started: 2, failed: [], uncertain: [] });
      expect(console.org().runs).toHaveLength(2);
    },
    again: 'anew',
    partial: {
      begin: (console) => ({ policyId: 1_000_100, devices: [...connected(console, 2), ABSENT] }),
      named: () => String(ABSENT),
    },
  },
];
