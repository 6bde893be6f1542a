/** `automox.call`: any one operation of the table. */
import { createCallType } from '../../call-operation.ts';
import { operations } from '../operations.ts';
import { assertOwnOrganization } from '../organization.ts';

/**
 * Some operations are for other jobs alone: the rows of the first hold the access key of each
 * organization, the others take a UUID that may be another organization's. A secret that Automox shows
 * once would be lost besides.
 */
const {
  listOrganizations: _keys,
  listPolicyRuns: _uuid,
  listWebhooks: _list,
  createWebhook: _create,
  updateWebhook: _update,
  rotateWebhookSecret: _rotate,
  ...callable
} = operations;

export const call = createCallType({
  provider: 'automox',
  vendor: 'Automox',
  operations: callable,
  budget: 'account',
  example: { operation: 'policies.get', path: { id: 77 } },
  assertOwn: assertOwnOrganization,
});
