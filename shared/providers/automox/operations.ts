/**
 * The operations of the Automox console that Sluice calls. Budgets are named scarcest first; every
 * call spends from `account`, which Automox counts over all keys of a user account.
 */
import type { Operation, OperationParams } from '../../jobs/operation.ts';
import type { BudgetName } from './limits.ts';
import * as p from './operation-params.ts';

const DESCRIPTION = 'Automox console API, OpenAPI description';
const OBSERVED = 'Automox console API, observed';
const PORTAL = 'Automox developer portal: Create a new policy';

const WEBHOOKS = '/organizations/{orgUuid}/webhooks';

interface AutomoxOperation extends Operation {
  readonly budgets: readonly BudgetName[];
}

export const operations = {
  listOrganizations: read('orgs.list', '/orgs', { query: p.pageQuery }),
  listServers: {
    ...read('servers.list', '/servers', { query: p.serversQuery }),
    budgets: ['servers.list', 'account'],
  },
  /** A tag that is applied twice is there once: the second time changes nothing more. */
  batchServers: {
    id: 'servers.batch',
    method: 'POST',
    path: '/servers/batch',
    budgets: ['servers.batch', 'account'],
    repeat: 'idempotent',
    params: { body: p.batchBody },
    source: DESCRIPTION,
  },
  getServer: read('servers.get', '/servers/{id}'),
  /** Replaces what was read, so the second time changes nothing more. */
  updateServer: write('servers.update', 'PUT', '/servers/{id}', { body: p.serverBody }),
  deleteServer: write('servers.delete', 'DELETE', '/servers/{id}'),
  listCommands: read('servers.queues.list', '/servers/{id}/queues'),
  /** Whether it happened is seen in the queue of the device. */
  queueCommand: {
    id: 'servers.queues.create',
    method: 'POST',
    path: '/servers/{id}/queues',
    budgets: ['account'],
    repeat: 'reconcile',
    params: { ...p.pathOf('/servers/{id}/queues'), body: p.commandBody },
    source: DESCRIPTION,
  },
  listGroups: read('servergroups.list', '/servergroups', { query: p.pageQuery }),
  listServerPackages: read('servers.packages.list', '/servers/{id}/packages', {
    query: p.pageQuery,
  }),
  listPackages: read('orgs.packages.list', '/orgs/{orgId}/packages', { query: p.packagesQuery }),
  listEvents: read('events.list', '/events', { query: p.eventsQuery }),
  listApprovals: read('approvals.list', '/approvals', { query: p.pageQuery }),
  decideApproval: write('approvals.update', 'PUT', '/approvals/{id}', { body: p.approvalBody }),
  getPrepatchReport: read('reports.prepatch', '/reports/prepatch', { query: p.reportQuery }),
  getNeedsAttentionReport: read('reports.needs-attention', '/reports/needs-attention', {
    query: p.reportQuery,
  }),
  getPolicyStats: read('policies.stats', '/policystats'),
  getGroup: read('servergroups.get', '/servergroups/{id}'),
  /** Reads, though it is a POST. Both parts of the body are needed: without one it is a 500. */
  previewDeviceFilters: {
    id: 'policies.preview',
    method: 'POST',
    path: '/policies/device-filters-preview',
    budgets: ['account'],
    repeat: 'idempotent',
    params: { query: p.previewQuery, body: p.previewBody },
    source: OBSERVED,
  },
  listExtracts: read('data-extracts.list', '/data-extracts', { query: p.pageQuery }),
  /** Starts anew each time. */
  createExtract: {
    id: 'data-extracts.create',
    method: 'POST',
    path: '/data-extracts',
    budgets: ['account'],
    repeat: 'once',
    params: { body: p.extractBody },
    source: DESCRIPTION,
  },
  getExtract: read('data-extracts.get', '/data-extracts/{id}'),
  downloadExtract: {
    ...read('data-extracts.download', '/data-extracts/{id}/download'),
    textAnswer: true,
  },
  listWorklets: read('worklets.list', '/worklet-catalog', { query: p.pageQuery }),
  /** Takes the UUID of the organization, and no other filter. */
  listPolicyRuns: {
    ...read('policy-history.runs', '/policy-history/policy-runs', { query: p.runsQuery }),
    source: OBSERVED,
  },
  createGroup: {
    id: 'servergroups.create',
    method: 'POST',
    path: '/servergroups',
    budgets: ['account'],
    repeat: 'reconcile',
    params: { body: p.groupBody },
    source: DESCRIPTION,
  },
  /** Replaces every field by what was read, so the second time changes nothing more. */
  updateGroup: write('servergroups.update', 'PUT', '/servergroups/{id}', { body: p.groupBody }),
  deleteGroup: write('servergroups.delete', 'DELETE', '/servergroups/{id}'),
  listPolicies: read('policies.list', '/policies', { query: p.pageQuery }),
  getPolicy: read('policies.get', '/policies/{id}'),
  /** Answers 201 without an id or a Location: whether it happened is looked up by the name. */
  createPolicy: {
    id: 'policies.create',
    method: 'POST',
    path: '/policies',
    budgets: ['account'],
    repeat: 'reconcile',
    params: { body: p.policyBody },
    source: PORTAL,
  },
  /** Replaces the policy by the one that was read, so the second time changes nothing more. */
  updatePolicy: {
    id: 'policies.update',
    method: 'PUT',
    path: '/policies/{id}',
    budgets: ['account'],
    repeat: 'idempotent',
    params: { ...p.pathOf('/policies/{id}'), body: p.policyBody },
    source: DESCRIPTION,
  },
  deletePolicy: write('policies.delete', 'DELETE', '/policies/{id}'),
  /** Answers 201 without a run id: a second one would patch, and perhaps reboot, once more. */
  runPolicy: {
    id: 'policies.run',
    method: 'POST',
    path: '/policies/{id}/action',
    budgets: ['account'],
    repeat: 'once',
    params: { ...p.pathOf('/policies/{id}/action'), body: p.runBody },
    source: OBSERVED,
  },
  /** Webhooks hang below the UUID of the organization. */
  listWebhooks: {
    ...read('webhooks.list', WEBHOOKS, { path: p.webhooksPath, query: p.cursorQuery }),
    secretFields: ['secret'],
    source: OBSERVED,
  },
  /** Shows the secret this once. Whether it happened is looked up by the name. */
  createWebhook: {
    id: 'webhooks.create',
    method: 'POST',
    path: WEBHOOKS,
    budgets: ['account'],
    repeat: 'reconcile',
    params: { path: p.webhooksPath, body: p.webhookBody },
    sealedFields: ['secret'],
    source: OBSERVED,
  },
  /** Replaces the fields it names, so the second time changes nothing more. */
  updateWebhook: {
    ...write('webhooks.update', 'PATCH', `${WEBHOOKS}/{id}`, {
      path: p.webhookPath,
      body: p.webhookChange,
    }),
    secretFields: ['secret'],
    source: OBSERVED,
  },
  /**
   * Kills the old secret at once and shows the new one this once. A second one does no more harm than
   * the first, but the secret of an answer that was lost is lost: only whoever kept one may stop.
   */
  rotateWebhookSecret: {
    id: 'webhooks.secret.rotate',
    method: 'POST',
    path: `${WEBHOOKS}/{id}/secret/rotate`,
    budgets: ['account'],
    repeat: 'reconcile',
    params: { path: p.webhookPath },
    sealedFields: ['secret'],
    source: OBSERVED,
  },
} as const satisfies Record<string, AutomoxOperation>;

/** What may be sent twice: it says how things shall be. */
function write(
  id: string,
  method: 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  more: OperationParams = {},
): AutomoxOperation {
  const params = { ...p.pathOf(path), ...more };
  return {
    id,
    method,
    path,
    budgets: ['account'],
    repeat: 'idempotent',
    params,
    source: DESCRIPTION,
  };
}

function read(id: string, path: string, more: OperationParams = {}): AutomoxOperation {
  const params = { ...p.pathOf(path), ...more };
  return {
    id,
    method: 'GET',
    path,
    budgets: ['account'],
    repeat: 'safe',
    params,
    source: DESCRIPTION,
  };
}
