/**
 * The operations of the Automox console that Sluice calls. Budgets are named scarcest first; every
 * call spends from `account`, which Automox counts over all keys of a user account.
 */
import type { Operation } from '../../jobs/operation.ts';
import type { BudgetName } from './limits.ts';

const DESCRIPTION = 'Automox console API, OpenAPI description';
const OBSERVED = 'Automox console API, observed';
const PORTAL = 'Automox developer portal: Create a new policy';

interface AutomoxOperation extends Operation {
  readonly budgets: readonly BudgetName[];
}

export const operations = {
  listOrganizations: read('orgs.list', '/orgs'),
  listServers: {
    ...read('servers.list', '/servers'),
    budgets: ['servers.list', 'account'],
  },
  /** A tag that is applied twice is there once: the second time changes nothing more. */
  batchServers: {
    id: 'servers.batch',
    method: 'POST',
    path: '/servers/batch',
    budgets: ['servers.batch', 'account'],
    repeat: 'idempotent',
    source: DESCRIPTION,
  },
  listGroups: read('servergroups.list', '/servergroups'),
  listPolicies: read('policies.list', '/policies'),
  getPolicy: read('policies.get', '/policies/{id}'),
  /** Answers 201 without an id or a Location: whether it happened is looked up by the name. */
  createPolicy: {
    id: 'policies.create',
    method: 'POST',
    path: '/policies',
    budgets: ['account'],
    repeat: 'reconcile',
    source: PORTAL,
  },
  /** Replaces the policy by the one that was read, so the second time changes nothing more. */
  updatePolicy: {
    id: 'policies.update',
    method: 'PUT',
    path: '/policies/{id}',
    budgets: ['account'],
    repeat: 'idempotent',
    source: DESCRIPTION,
  },
  /** Answers 201 without a run id: a second one would patch, and perhaps reboot, once more. */
  runPolicy: {
    id: 'policies.run',
    method: 'POST',
    path: '/policies/{id}/action',
    budgets: ['account'],
    repeat: 'once',
    source: OBSERVED,
  },
} as const satisfies Record<string, AutomoxOperation>;

function read(id: string, path: string): AutomoxOperation {
  return { id, method: 'GET', path, budgets: ['account'], repeat: 'safe', source: DESCRIPTION };
}
