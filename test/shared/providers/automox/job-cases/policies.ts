/** The jobs that write policies, or run one as a whole. */
import { expect } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { Console } from '../console.ts';
import { type AutomoxCase, connected, groupIds, policyIds } from './case.ts';

const policy = {
  name: 'Patch the pilot ring',
  policy_type_name: 'patch',
  schedule: { days: ['mon', 'wed'], time: '01:00' },
  server_groups: [groupIds.workstations],
  configuration: { auto_patch: true, auto_reboot: false, notify_user: true, patch_rule: 'all' },
} satisfies Json;

/** As the simulator knows it, but for the notes. */
const present = {
  name: 'Critical patches on servers',
  policy_type_name: 'patch',
  schedule: { days: 'all', time: '02:00' },
  notes: 'in code',
  server_groups: [groupIds.servers],
  configuration: {
    ...{ auto_patch: true, notify_user: false, patch_rule: 'filter', filter_type: 'severity' },
    severity_filter: ['high', 'critical'],
  },
} satisfies Json;

const namesakes = (console: Console) =>
  [...console.org().policies.values()].filter(({ name }) => name === policy.name);

const stored = (console: Console, id: number) => console.org().policies.get(id);

function assertCreated(console: Console, result: Json): void {
  expect(namesakes(console)).toHaveLength(1);
  expect(result).toEqual({ policyId: namesakes(console)[0]?.id, created: true });
}

/** Every device is in the first group of the policy, and answers. */
function gather(console: Console): void {
  connected(console, 0);
  for (const device of console.devices()) device.server_group_id = groupIds.workstations;
}

export const policyCases: readonly AutomoxCase[] = [
  { type: 'automox.policy.create', begin: () => policy, done: assertCreated, again: 'nothing' },
  {
    type: 'automox.policy.ensure',
    what: 'one that is not there',
    begin: () => policy,
    done: assertCreated,
    again: 'nothing',
  },
  {
    type: 'automox.policy.ensure',
    what: 'one that differs',
    begin: () => present,
    done(console, result) {
      expect(result).toMatchObject({ created: false, changed: ['notes'] });
      expect(stored(console, policyIds.servers)).toMatchObject({ notes: 'in code' });
    },
    again: 'nothing',
  },
  {
    type: 'automox.policy.update',
    begin: () => ({ policyId: policyIds.servers, set: { notes: 'why' } }),
    done(console, result) {
      expect(result).toEqual({ policyId: policyIds.servers, changed: ['notes'] });
      expect(stored(console, policyIds.servers)).toMatchObject({ notes: 'why' });
    },
    again: 'nothing',
  },
  {
    type: 'automox.policy.delete',
    begin: () => ({ policyId: policyIds.worklet, name: 'Worklet: check disk encryption' }),
    done(console, result) {
      expect(result).toEqual({ policyId: policyIds.worklet, deleted: true });
      expect(stored(console, policyIds.worklet)).toBeUndefined();
    },
    again: 'nothing',
    fine: ['404'],
  },
  {
    type: 'automox.policy.apply-to-group',
    begin: () => ({ policyId: policyIds.servers, groupId: groupIds.pilot, run: true }),
    done(console, result) {
      expect(result).toMatchObject({ changed: true, run: true });
      expect(stored(console, policyIds.servers)?.server_groups).toContain(groupIds.pilot);
      expect(console.org().runs).toHaveLength(1);
    },
    again: 'anew',
    partial: {
      begin(console) {
        const fault = { kind: 'status', status: 400 } as const;
        console.simulator.faults.add({ method: 'POST', path: '/policies/*/action', fault });
        return { policyId: policyIds.servers, groupId: groupIds.pilot, run: true };
      },
      named: () => '"run":false',
    },
  },
  {
    type: 'automox.policy.remove-from-group',
    begin: () => ({ policyId: policyIds.workstations, groupId: groupIds.workstations }),
    done(console, result) {
      expect(result).toMatchObject({ changed: true });
      expect(stored(console, policyIds.workstations)?.server_groups).toEqual([groupIds.pilot]);
    },
    again: 'nothing',
  },
  {
    type: 'automox.policy.run',
    what: 'and its results',
    begin(console) {
      gather(console);
      return { policyId: policyIds.workstations, followUp: { forMinutes: 60 } };
    },
    done(console, result) {
      expect(result).toMatchObject({ results: { success: 5, failed: 0, pending: 0 } });
      expect(console.org().runs).toHaveLength(1);
    },
    again: 'anew',
  },
  {
    type: 'automox.policies.export',
    begin: () => ({}),
    done: (console, rows) => expect(rows).toHaveLength(console.org().policies.size),
    again: 'nothing',
  },
  {
    type: 'automox.policy.stats',
    begin: () => ({}),
    done: (console, rows) => expect(rows).toHaveLength(console.org().policies.size),
    again: 'nothing',
  },
];
