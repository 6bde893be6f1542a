/** The jobs of alerts. */
import { expect } from 'vitest';
import type { Pod } from '../pod.ts';
import { ABSENT, type OpsRampCase } from './case.ts';

const act = { action: 'acknowledge', description: 'Known' } as const;

const alerts = (pod: Pod) => [...pod.tenant().alerts.values()].map(({ alert }) => alert);
const ids = (pod: Pod): string[] => alerts(pod).map(({ uniqueId }) => uniqueId);
const acknowledged = (pod: Pod): string[] =>
  alerts(pod).flatMap((alert) => (alert.acknowledged ? [alert.uniqueId] : []));

const event = {
  serviceName: 'backup.nightly',
  currentState: 'CRITICAL',
  subject: 'The nightly backup failed',
  device: { hostName: 'nowhere' },
} as const;

const made = (pod: Pod) =>
  alerts(pod).filter(({ serviceName }) => serviceName === event.serviceName);

export const alertCases: readonly OpsRampCase[] = [
  {
    type: 'opsramp.alerts.query',
    begin: () => ({}),
    done: (pod, rows) => expect(rows).toHaveLength(pod.tenant().alerts.size),
    again: 'nothing',
  },
  {
    type: 'opsramp.alerts.act',
    what: 'listed alerts',
    begin: (pod) => ({ ...act, alerts: ids(pod).slice(0, 2) }),
    done: (pod) => expect(acknowledged(pod)).toEqual(ids(pod).slice(0, 2)),
    again: 'the same',
    partial: {
      begin: (pod) => ({ ...act, alerts: [...ids(pod).slice(0, 2), ABSENT] }),
      named: () => ABSENT,
    },
  },
  {
    type: 'opsramp.alerts.act',
    what: 'selected alerts',
    begin: () => ({ ...act, select: { acknowledged: false } }),
    done: (pod) => expect(acknowledged(pod)).toEqual(ids(pod)),
    again: 'nothing',
  },
  {
    type: 'opsramp.alert.create',
    begin: () => event,
    done(pod, result) {
      expect(made(pod)).toHaveLength(1);
      expect(result).toMatchObject({ alertId: made(pod)[0]?.uniqueId });
    },
    // It folds into the alert that is there.
    again: 'the same',
  },
];
