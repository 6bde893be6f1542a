/**
 * The first act: what the demo sends to Automox, by which way in, and what should become of it. Device,
 * policy and group ids are taken from the simulated console, so that every job is about something that
 * is there.
 */
import type { Outcome } from '../../shared/jobs/states.ts';
import type { Org } from '../simulators/automox/world.ts';

export const BATCH_JOBS = 7;

/** A reaction comes in as an event; nobody sends it. */
export type Way = 'http' | 'queue' | 'webhook' | 'event' | 'schedule' | 'reaction';

export interface PlannedJob {
  readonly label: string;
  readonly way: Way;
  /** What is sent; for a webhook the payload, from which the mapping makes the job. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly expected: Outcome | 'rejected';
}

export function planJobs(org: Org): readonly PlannedJob[] {
  const devices = [...org.devices.keys()];
  const groups = [...org.groups.keys()];
  const policy = [...org.policies.values()].find(
    ({ server_groups: linked }) => linked.length < groups.length,
  );
  const unlinked = groups.find((id) => !policy?.server_groups.includes(id));
  const tagged = (index: number) => batch([devices[index] ?? 0], `demo-${index + 1}`);
  const byHttp = Array.from({ length: BATCH_JOBS - 2 }, (_, index): PlannedJob => {
    return { label: `tag device ${index + 1}`, way: 'http', ...tagged(index) };
  });
  return [
    ...byHttp,
    { label: 'tag a device', way: 'queue', ...tagged(BATCH_JOBS - 2) },
    {
      label: 'tag by webhook',
      way: 'webhook',
      message: { deviceIds: [devices[BATCH_JOBS - 1]], tag: 'demo-webhook' },
      expected: 'succeeded',
    },
    { label: 'create a policy', way: 'http', ...job('automox.policy.create', newPolicy) },
    {
      label: 'policy to a group',
      way: 'event',
      ...job('automox.policy.apply-to-group', { policyId: policy?.id, groupId: unlinked }),
    },
    { label: 'run a policy', way: 'queue', ...job('automox.policy.run', { policyId: policy?.id }) },
    {
      label: 'a wrong job',
      way: 'queue',
      ...job('automox.servers.batch', { devices: ['seven'], colour: 'red' }),
      expected: 'rejected',
    },
    {
      label: 'query the fleet',
      way: 'schedule',
      ...job('automox.servers.query', {}),
    },
  ];
}

const job = (type: string, params: unknown) => ({
  message: { type, account: 'acme', params },
  expected: 'succeeded' as const,
});

const batch = (devices: readonly number[], tag: string) =>
  job('automox.servers.batch', {
    devices,
    actions: [{ attribute: 'tags', action: 'apply', value: [tag] }],
  });

const newPolicy = {
  name: 'Sluice demo: critical patches',
  policy_type_name: 'patch',
  schedule: { days: ['mon', 'wed'], weeks: [1, 3], months: 'all', time: '01:00' },
  notes: '',
  configuration: {
    auto_patch: true,
    auto_reboot: false,
    notify_user: true,
    patch_rule: 'filter',
    filter_type: 'severity',
    severity_filter: ['critical'],
  },
};
