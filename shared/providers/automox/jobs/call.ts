/** `automox.call`: any one operation of the table. */
import { createCallType } from '../../call-operation.ts';
import { operations } from '../operations.ts';
import { assertOwnOrganization } from '../organization.ts';

/**
 * Two operations are for other jobs alone: the rows of the one hold the access key of each
 * organization, the other takes a UUID that may be another organization's.
 */
const { listOrganizations: _keys, listPolicyRuns: _uuid, ...callable } = operations;

export const call = createCallType({
  provider: 'automox',
  vendor: 'Automox',
  operations: callable,
  budget: 'account',
  example: { operation: 'policies.get', path: { id: 77 } },
  assertOwn: assertOwnOrganization,
});
