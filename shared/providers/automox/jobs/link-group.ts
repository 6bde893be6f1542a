/**
 * Adds a server group to a policy: read, change, write back whole, for Automox may replace what a PUT
 * leaves out.
 */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { isReadOnlyPolicyKey } from '../policy/read-only-keys.ts';

export interface Link {
  readonly policyId: number;
  readonly groupId: number;
  /** Called before the write, if there is one. */
  readonly beforeWrite: () => void;
}

/** Answers whether it wrote; false where the link was there. */
export async function linkGroup(
  context: JobContext,
  { policyId, groupId, beforeWrite }: Link,
): Promise<boolean> {
  const path = { id: policyId };
  const read = await context.call({ operation: operations.getPolicy, key: 'read', path });
  const policy = parsePolicy(read.body);
  const groups = parseGroups(policy);
  if (groups.some((id) => Number(id) === groupId)) return false;
  await assertGroupExists(context, groupId);
  beforeWrite();
  const body = {
    ...writable(policy),
    organization_id: organizationOf(context.account),
    server_groups: [...groups, groupId],
  };
  await context.call({ operation: operations.updatePolicy, key: 'link', path, body });
  return true;
}

function parsePolicy(body: Json): JsonObject {
  if (isJsonObject(body) && body['id'] !== undefined) return body;
  throw new ProviderError('provider.malformed-answer', 'Automox answered no policy');
}

/** Null and absence are no groups; anything else must not be overwritten by a list of one. */
function parseGroups(policy: JsonObject): readonly Json[] {
  const groups = policy['server_groups'] ?? [];
  if (Array.isArray(groups)) return groups;
  throw new ProviderError('provider.malformed-answer', 'server_groups of the policy is no list');
}

/**
 * Asked by listing: for an absent group `GET /servergroups/{id}` answers 403, as it does for a group
 * that the key may not see (Automox console API, observed). Where the listing fails, it is the key.
 */
async function assertGroupExists(context: JobContext, groupId: number): Promise<void> {
  const list = { operation: operations.listGroups, key: 'groups' };
  if (await findListed(context, list, ({ id }) => id === groupId)) return;
  throw new ProviderError(
    'provider.not-found',
    `the organization has no server group ${groupId} that this key may see`,
  );
}

/** The id stays: without it Automox takes the write for a second policy of the same name. */
function writable(policy: JsonObject): JsonObject {
  const kept = Object.entries(policy).filter(([key]) => key === 'id' || !isReadOnlyPolicyKey(key));
  const { scheduled_timezone: zone, ...body } = Object.fromEntries(kept);
  const fixed = zone === null || zone === undefined ? {} : { scheduled_timezone: zone };
  return { ...body, ...fixed, notes: policy['notes'] ?? '' };
}
