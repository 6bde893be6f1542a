/** The jobs that start something which OpsRamp then does by itself. */
import { expect } from 'vitest';
import type { Pod } from '../pod.ts';
import { ABSENT, agents, type OpsRampCase, resourceIds } from './case.ts';

/** A job that runs a script on the first two resources, both of which answer unless told otherwise. */
function addScriptJob(pod: Pod, silent = 0) {
  const resources = [...pod.tenant().resources.values()].slice(0, 2);
  for (const [index, it] of resources.entries()) it.state = index < silent ? 'inactive' : 'active';
  const entities = resources.map(({ id }) => ({ resource: { id, type: 'DEVICE' } }));
  const script = { jobType: 'customScript', customScript: { id: 'SCRIPT-1' } };
  pod.tenant().jobs.set('job-1', { id: 'job-1', name: 'Disk usage', entities, script });
  return { jobId: 'job-1', reason: 'Ticket INC1', followMinutes: 10 };
}

/** Everything that is missing is approved, and a configuration that installs it is there. */
function addConfiguration(pod: Pod, patchFailureShare: number) {
  pod.simulator.configure({ patchFailureShare });
  const resources = agents(pod);
  for (const row of [...pod.tenant().patches.values()].flat()) row.approvalStatus = 'APPROVED';
  const entities = resources.map((id) => ({ resource: { id, type: 'DEVICE' } }));
  const configuration = { id: 'PATCHCONF-7', scheduleJob: { entities } };
  pod.tenant().shelves.patchConfigurations.set('PATCHCONF-7', configuration);
  return {
    ...{ configurationId: 'PATCHCONF-7', reason: 'March window', followMinutes: 10 },
    resources,
  };
}

const missing = (pod: Pod): number =>
  [...pod.tenant().patches.values()].flat().filter((row) => row.patchStatus !== 'INSTALLED').length;

export const runCases: readonly OpsRampCase[] = [
  {
    type: 'opsramp.patches.scan',
    begin: (pod) => ({
      complianceId: 'PATCHCOMP-1',
      resources: agents(pod).slice(0, 2),
      followMinutes: 10,
    }),
    done: (pod, rows) => expect(rows).toHaveLength(agents(pod).slice(0, 2).length),
    again: 'anew',
    partial: {
      begin: (pod) => ({
        complianceId: 'PATCHCOMP-1',
        resources: [...agents(pod).slice(0, 1), ABSENT],
        followMinutes: 2,
      }),
      // Only what was heard of has a row.
      named: (pod) => agents(pod)[0] ?? '',
    },
  },
  {
    type: 'opsramp.patches.install',
    begin: (pod) => addConfiguration(pod, 0),
    done(pod, rows) {
      expect(rows).toHaveLength(agents(pod).length);
      expect(missing(pod)).toBe(0);
    },
    again: 'anew',
    partial: { begin: (pod) => addConfiguration(pod, 1), named: () => '0x80070643' },
  },
  {
    type: 'opsramp.script.run',
    begin: (pod) => addScriptJob(pod),
    done(pod, rows) {
      expect(rows).toMatchObject(
        resourceIds(pod)
          .slice(0, 2)
          .map((resource) => ({ resource })),
      );
      expect(pod.tenant().jobRuns).toHaveLength(1);
    },
    again: 'anew',
    partial: {
      begin: (pod) => addScriptJob(pod, 1),
      named: (pod) => resourceIds(pod)[1] ?? '',
    },
  },
  {
    type: 'opsramp.process.start',
    begin: () => ({
      ...{ processId: 'PROC-1', startEvent: 'StartEvent_1', alert: '959', followMinutes: 5 },
    }),
    done(pod, rows) {
      expect(rows).toMatchObject([{ state: 'COMPLETED' }]);
      expect(pod.tenant().processInstances.size).toBe(1);
    },
    again: 'anew',
  },
  {
    type: 'opsramp.export.run',
    begin: () => ({ name: 'inventory-1', integrationId: 'INTG-1', type: 'Inventory' }),
    done: (pod) => expect(pod.tenant().shelves.exports.size).toBe(1),
    // OpsRamp answers that there is one of the name.
    again: 'the same',
  },
];
