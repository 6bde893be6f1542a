/** The jobs of resources, tickets, maintenance windows and metrics, and any one call. */
import { expect } from 'vitest';
import type { Json } from '../../../../../shared/kernel/json.ts';
import type { JobHarness } from '../../../../support/job-harness.ts';
import type { Pod } from '../pod.ts';
import { ABSENT, agents, type OpsRampCase, resourceIds } from './case.ts';

const changes = { aliasName: 'till-07' };

const externalId = 'CMDB-20417';
const ticket = { subject: 'Disk is full', description: 'Volume D', priority: 'High' } as const;
const incidents = (pod: Pod) => [...pod.tenant().tickets.incidents.values()];

/** One that was looked at, so that it can be closed. */
function addTicket(pod: Pod): void {
  const row = { ...ticket, id: 'INC1', extTicketId: externalId, status: 'Open', responses: [] };
  const createdDate = '2026-01-01T00:00:00+0000';
  pod.tenant().tickets.incidents.set('INC1', { ...row, createdDate });
}

const windows = (pod: Pod) => [...pod.tenant().maintenances.values()];

/** Open now, for three hours, on the clock of the tests. */
const scheduled = (pod: Pod): Json => ({
  ...{ name: 'March window', description: 'Firmware' },
  devices: [{ hostName: [...pod.tenant().resources.values()][0]?.hostName ?? '' }],
  schedule: {
    type: 'One-Time',
    startTime: '2026-03-01T01:00:00+0000',
    endTime: '2026-03-01T04:00:00+0000',
  },
});

/** A window that is open, and moved on by these before the job. */
const control = (verb: 'suspend' | 'resume' | 'end', before: readonly string[]): OpsRampCase => ({
  type: `opsramp.maintenance.${verb}`,
  async begin(pod: Pod, harness: JobHarness) {
    await harness.run('opsramp.maintenance.schedule', scheduled(pod));
    const params = { windowId: windows(pod)[0]?.row.uniqueId ?? '' };
    for (const it of before) await harness.run(`opsramp.maintenance.${it}`, params);
    return params;
  },
  done(pod) {
    const [window] = windows(pod);
    expect(window?.suspended).toBe(verb === 'suspend');
    expect((window?.endedUntilMs ?? 0) > 0).toBe(verb === 'end');
  },
  again: 'nothing',
});

const pushed = (pod: Pod): number | undefined =>
  pod.tenant().metrics.get(`${resourceIds(pod)[0]} m`)?.size;

const values = [{ value: 1.5, at: '2026-03-01T00:00:00Z' }];
const valuesOf = (pod: Pod) => ({ resourceId: resourceIds(pod)[0] ?? '', metric: 'm', values });

const patches = ['PATCH-00000001'];

const approvals = (pod: Pod) =>
  [...pod.tenant().patches.values()]
    .flat()
    .filter(({ patch }) => patches.includes(patch.id))
    .map(({ approvalStatus }) => approvalStatus);

export const recordCases: readonly OpsRampCase[] = [
  {
    type: 'opsramp.resources.query',
    begin: () => ({}),
    done: (pod, rows) => expect(rows).toHaveLength(pod.tenant().resources.size),
    again: 'nothing',
  },
  {
    type: 'opsramp.resource.update',
    begin: (pod) => ({ resourceId: resourceIds(pod)[0] ?? '', changes }),
    done: (pod) => expect([...pod.tenant().resources.values()][0]).toMatchObject(changes),
    again: 'the same',
  },
  {
    type: 'opsramp.patches.approve',
    begin: (pod) => ({ resources: agents(pod), patches }),
    done(pod) {
      expect(approvals(pod).length).toBeGreaterThan(0);
      expect(new Set(approvals(pod))).toEqual(new Set(['APPROVED']));
    },
    again: 'the same',
    partial: {
      begin: (pod) => ({ resources: [...agents(pod), ABSENT], patches }),
      named: () => ABSENT,
    },
  },
  {
    type: 'opsramp.ticket.ensure',
    what: 'one that is not there',
    begin: () => ({ externalId, ticket }),
    done(pod, result) {
      expect(incidents(pod)).toMatchObject([{ ...ticket, extTicketId: externalId }]);
      expect(result).toMatchObject({ ticketId: incidents(pod)[0]?.['id'], created: true });
    },
    again: 'nothing',
  },
  {
    type: 'opsramp.ticket.ensure',
    what: 'one that differs',
    begin(pod) {
      addTicket(pod);
      return { externalId, ticket: { ...ticket, priority: 'Urgent' } };
    },
    done: (pod) => expect(incidents(pod)).toMatchObject([{ id: 'INC1', priority: 'Urgent' }]),
    again: 'nothing',
  },
  {
    type: 'opsramp.ticket.update',
    begin(pod) {
      addTicket(pod);
      return { externalId, changes: { priority: 'Urgent' } };
    },
    done: (pod) => expect(incidents(pod)).toMatchObject([{ id: 'INC1', priority: 'Urgent' }]),
    again: 'nothing',
  },
  {
    type: 'opsramp.ticket.close',
    begin(pod) {
      addTicket(pod);
      return { externalId, reason: 'Fixed' };
    },
    done: (pod) => expect(incidents(pod)).toMatchObject([{ id: 'INC1', status: 'Closed' }]),
    again: 'nothing',
  },
  {
    type: 'opsramp.maintenance.schedule',
    begin: scheduled,
    done(pod, result) {
      expect(windows(pod)).toHaveLength(1);
      expect(result).toEqual({ windowId: windows(pod)[0]?.row.uniqueId, created: true });
    },
    again: 'nothing',
  },
  control('suspend', []),
  control('resume', ['suspend']),
  control('end', []),
  {
    type: 'opsramp.metrics.push',
    begin: valuesOf,
    done: (pod) => expect(pushed(pod)).toBe(1),
    again: 'the same',
  },
  {
    type: 'opsramp.metrics.query',
    async begin(pod, harness) {
      await harness.run('opsramp.metrics.push', valuesOf(pod));
      const { resourceId, metric } = valuesOf(pod);
      return { resourceId, metric, since: '2026-03-01T00:00:00Z', until: '2026-03-01T01:00:00Z' };
    },
    done: (_pod, rows) => expect(rows).toHaveLength(1),
    again: 'nothing',
  },
  {
    type: 'opsramp.call',
    what: 'a read',
    begin: () => ({ operation: 'users.search' }),
    done: (_pod, result) => expect(result).toMatchObject({ totalResults: 2 }),
    again: 'nothing',
  },
  {
    type: 'opsramp.call',
    what: 'a write that must not be repeated',
    begin: () => ({
      operation: 'integrations.install',
      body: {
        displayName: 'Chat',
        category: 'COLLABORATION',
        inboundConfig: { authentication: { authType: 'WEBHOOK' } },
      },
    }),
    done: (pod) => expect(pod.tenant().shelves.integrations.size).toBe(2),
    again: 'anew',
  },
];
