/**
 * Links a policy with a server group, or parts them: read, change, write back whole, for Automox may
 * replace what a PUT leaves out.
 */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { type Json, type JsonObject, scalarText } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { parsePolicyRow, writablePolicy } from '../policy/writable-policy.ts';
import { assertGroupExists } from './find-group.ts';

export interface Link {
  readonly policyId: number;
  readonly groupId: number;
  /** Called before the write, if there is one. */
  readonly beforeWrite: () => void;
}

/** Answers whether it wrote; false where the link was there. */
export async function linkGroup(context: JobContext, link: Link): Promise<boolean> {
  const { policy, groups } = await readLinks(context, link);
  if (groups.some((id) => Number(scalarText(id)) === link.groupId)) return false;
  await assertGroupExists(context, link.groupId);
  await writeLinks(context, link, policy, [...groups, link.groupId]);
  return true;
}

/** Answers whether it wrote; false where there was no link. */
export async function unlinkGroup(context: JobContext, link: Link): Promise<boolean> {
  const { policy, groups } = await readLinks(context, link);
  const others = groups.filter((id) => Number(scalarText(id)) !== link.groupId);
  if (others.length === groups.length) return false;
  await writeLinks(context, link, policy, others);
  return true;
}

async function readLinks(context: JobContext, { policyId }: Link) {
  const call = { operation: operations.getPolicy, key: 'read', path: { id: policyId } };
  const policy = parsePolicyRow((await context.call(call)).body);
  return { policy, groups: parseGroups(policy) };
}

async function writeLinks(
  context: JobContext,
  { policyId, beforeWrite }: Link,
  policy: JsonObject,
  groups: readonly Json[],
): Promise<void> {
  beforeWrite();
  const body = {
    ...writablePolicy(policy),
    organization_id: organizationOf(context.account),
    server_groups: groups,
  };
  const path = { id: policyId };
  await context.call({ operation: operations.updatePolicy, key: 'link', path, body });
}

/** Null and absence are no groups; anything else must not be overwritten by a list of one. */
function parseGroups(policy: JsonObject): readonly Json[] {
  const groups = policy['server_groups'] ?? [];
  if (Array.isArray(groups)) return groups;
  throw new ProviderError('provider.malformed-answer', 'server_groups of the policy is no list');
}
