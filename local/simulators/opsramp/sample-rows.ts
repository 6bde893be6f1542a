/** A few rows of each of the smaller things, so that every listing has something to show. */
import { minutes } from '../../../shared/kernel/duration.ts';
import { plainDate, zonedDate } from './dates.ts';
import { BORN_AT_MS } from './fleet.ts';
import { type Row, SHELVES, type Shelf, type Tenant } from './world.ts';

type Samples = Partial<
  Readonly<Record<Shelf, readonly (Row & { readonly id: string | number })[]>>
>;

export function sampleShelves(): Record<Shelf, Map<string, Row>> {
  const samples = samplesOf();
  const shelves = SHELVES.map((shelf) => [
    shelf,
    new Map((samples[shelf] ?? []).map((row) => [String(row.id), row])),
  ]);
  return Object.fromEntries(shelves) as Record<Shelf, Map<string, Row>>;
}

const samplesOf = (): Samples => ({
  managementProfiles: [
    { id: 101, name: 'gw-denver', type: 'Gateway', status: 'Connected', registered: true },
    { id: 102, name: 'agents', type: 'Agent', status: 'Connected', registered: true },
  ],
  agentPolicies: [{ id: 'AGPOL-1', name: 'Agent policy', devices: [] }],
  discoveryPolicies: [{ id: 'ADP-1', name: 'Discover the data centre' }],
  managementPolicies: [{ id: 'MP-1', name: 'Assign templates' }],
  scriptCategories: [
    { id: 'CAT-1', name: 'Linux' },
    { id: 'CAT-2', name: 'Windows' },
  ],
  scripts: [
    script('SCRIPT-1', 'CAT-1', 'Disk usage'),
    script('SCRIPT-2', 'CAT-2', 'Restart spooler'),
  ],
  processes: [
    { id: 'PROC-1', name: 'Remediate alert', version: 1, status: 'DEPLOYED' },
    { id: 'PROC-2', name: 'Wait for approval', version: 1, status: 'DEPLOYED', waitsForTask: true },
  ],
  integrations: [
    {
      id: 'INTG-1',
      displayName: 'Slack',
      category: 'COLLABORATION',
      intgMode: 'OUT',
      enabled: true,
    },
  ],
  integrationActivity: [
    { id: '1', name: 'Slack', status: 'SUCCESS', time: plainDate(BORN_AT_MS) },
    { id: '2', name: 'Slack', status: 'FAILED', time: plainDate(BORN_AT_MS + minutes(1)) },
  ],
  articles: [
    {
      ...{ id: 'KB0000000001', subject: 'Reset a password', content: 'Ask.', state: 'PUBLISHED' },
      ...{ createdDate: zonedDate(BORN_AT_MS), comments: [] },
    },
  ],
  articleCategories: [{ id: 'KBC-1', name: 'How to' }],
  templates: [
    { id: 'TPL-1', name: 'Linux OS', scope: 'GLOBAL', status: 'ACTIVE', holders: new Set() },
    { id: 'TPL-2', name: 'Windows OS', scope: 'CLIENT', status: 'ACTIVE', holders: new Set() },
  ],
  deviceGroups: [{ id: 'DGP-1', name: 'Servers', entityType: 'DEVICE_GROUP', children: [] }],
  customAttributes: [
    {
      id: '7001',
      name: 'environment',
      customAttributeValues: [{ id: '7101', value: 'production' }],
    },
  ],
  users: [
    { id: 'USR0000000001', loginName: 'asha.admin', name: 'Asha', status: 'Active' },
    { id: 'USR0000000002', loginName: 'ben.ops', name: 'Ben', status: 'Active' },
  ],
  roles: [{ id: 'ROLE-1', name: 'Administrator', status: 'Active' }],
  userGroups: [{ id: 'UG-1', name: 'Operators', users: [] }],
});

const script = (id: string, categoryId: string, name: string) => ({
  ...{ id, categoryId, name, platform: 'SHELL' },
  parameters: [{ paramId: 'p1', name: 'path', type: 'STRING', required: false }],
});

/** The one compliance job there is scans everything that has an agent. */
export function addComplianceJob({ shelves, resources }: Tenant): void {
  const agents = [...resources.values()].filter(({ agentInstalled }) => agentInstalled);
  const entities = agents.map(({ id, type }) => ({ resource: { id, type } }));
  shelves.complianceJobs.set('PATCHCOMP-1', { id: 'PATCHCOMP-1', name: 'Nightly scan', entities });
}
