/** Server groups, found by listing them. */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';

/**
 * Asked by listing: for an absent group `GET /servergroups/{id}` answers 403, as it does for a group
 * that the key may not see (Automox console API, observed). Where the listing fails, it is the key.
 */
export async function assertGroupExists(context: JobContext, groupId: number): Promise<void> {
  const list = { operation: operations.listGroups, key: 'groups' };
  if (await findListed(context, list, ({ id }) => id === groupId)) return;
  throw new ProviderError(
    'provider.not-found',
    `the organization has no server group ${groupId} that this key may see`,
  );
}

/** It has no name, and is its own parent (Automox console API, observed). */
export const isDefaultGroup = ({ id, name, parent_server_group_id: parent }: JsonObject): boolean =>
  (name ?? '') === '' || (id !== undefined && id === parent);

/** The group that devices belong to which belong to no other. */
export async function getDefaultGroup(context: JobContext): Promise<JsonObject> {
  const list = { operation: operations.listGroups, key: 'default' };
  const found = await findListed(context, list, isDefaultGroup);
  if (found) return found;
  throw new ProviderError('provider.not-found', 'the organization lists no default group');
}
