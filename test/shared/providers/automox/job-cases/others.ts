/** Lists, groups, approvals, reports, and any one call. */
import { expect } from 'vitest';
import type { Device } from '../../../../../local/simulators/automox/world.ts';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { Console } from '../console.ts';
import { ABSENT, type AutomoxCase, groupIds, policyIds } from './case.ts';

/** A list of as many rows as the console has. */
const list = (
  type: string,
  rowsOf: (console: Console) => number,
  more: { readonly what?: string; readonly params?: Json } = {},
): AutomoxCase => ({
  type,
  ...(more.what && { what: more.what }),
  begin: () => more.params ?? {},
  done: (console, rows) => expect(rows).toHaveLength(rowsOf(console)),
  again: 'nothing',
});

const count = (console: Console, isMeant: (device: Device) => boolean): number =>
  console.devices().filter(isMeant).length;

const decided = (console: Console): number[] =>
  [...console.org().approvals.values()].flatMap(({ id, status }) =>
    status === 'approved' ? [id] : [],
  );

const approvalIds = (console: Console): number[] => [...console.org().approvals.keys()];

const groupsNamed = (console: Console, name: string) =>
  [...console.org().groups.values()].filter((group) => group.name === name);

export const otherCases: readonly AutomoxCase[] = [
  list('automox.servers.query', (console) => console.devices().length),
  list('automox.groups.query', (console) => console.org().groups.size),
  list('automox.packages.query', () => 48, { what: 'of the organization' }),
  list('automox.packages.query', () => 4, {
    what: 'of a device',
    params: { deviceId: 1_001_000 },
  }),
  list('automox.events.query', (console) => console.org().events.length),
  list('automox.approvals.query', (console) => console.org().approvals.size),
  list('automox.reports.prepatch', (console) => count(console, ({ patches }) => patches > 0)),
  list('automox.reports.needs-attention', (console) =>
    count(console, ({ compliant }) => !compliant),
  ),
  {
    type: 'automox.events.query',
    what: 'counted',
    begin: () => ({ countOnly: true }),
    done: (console, result) => expect(result).toEqual({ count: console.org().events.length }),
    again: 'nothing',
  },
  {
    type: 'automox.groups.ensure',
    what: 'one that is not there',
    begin: () => ({ name: 'Kiosks', set: { refreshIntervalMinutes: 360 } }),
    done(console, result) {
      const [group, ...others] = groupsNamed(console, 'Kiosks');
      expect(others).toEqual([]);
      expect(result).toMatchObject({ groupId: group?.id, created: true });
    },
    again: 'nothing',
  },
  {
    type: 'automox.groups.ensure',
    what: 'one that differs',
    begin: () => ({ name: 'Pilot ring', set: { notes: 'first to be patched' } }),
    done(console, result) {
      expect(result).toMatchObject({ groupId: groupIds.pilot, created: false, changed: ['notes'] });
      expect(groupsNamed(console, 'Pilot ring')).toMatchObject([{ notes: 'first to be patched' }]);
    },
    again: 'nothing',
  },
  {
    type: 'automox.groups.delete',
    begin: () => ({ groupId: groupIds.pilot, name: 'Pilot ring', moveDevices: true }),
    done(console, result) {
      expect(result).toMatchObject({ groupId: groupIds.pilot, deleted: true });
      expect(console.org().groups.has(groupIds.pilot)).toBe(false);
    },
    again: 'nothing',
  },
  {
    type: 'automox.approvals.decide',
    begin: (console) => ({ approvals: approvalIds(console).slice(0, 2), decision: 'approve' }),
    done: (console) => expect(decided(console)).toEqual(approvalIds(console).slice(0, 2)),
    again: 'the same',
    partial: {
      begin: (console) => ({
        approvals: [...approvalIds(console).slice(0, 2), ABSENT],
        decision: 'approve',
      }),
      named: () => String(ABSENT),
    },
  },
  {
    type: 'automox.call',
    what: 'a read',
    begin: () => ({ operation: 'policies.get', path: { id: policyIds.servers } }),
    done: (_console, result) => expect(result).toMatchObject({ id: policyIds.servers }),
    again: 'nothing',
  },
  {
    type: 'automox.call',
    what: 'a write that may be repeated',
    begin: (console) => ({
      operation: 'approvals.update',
      path: { id: approvalIds(console)[0] ?? 0 },
      body: { manual_approval: true },
    }),
    done: (console) => expect(decided(console)).toEqual(approvalIds(console).slice(0, 1)),
    again: 'the same',
  },
  {
    type: 'automox.call',
    what: 'a write that must not be repeated',
    begin: () => ({
      operation: 'policies.run',
      path: { id: policyIds.worklet },
      body: { action: 'remediateAll' },
    }),
    done: (console) => expect(console.org().runs).toHaveLength(1),
    again: 'anew',
  },
];
