/**
 * `automox.policy.remove-from-group`: takes a server group out of a policy. Neither is deleted.
 *
 * Guarantees: the policy is written back as it was read but for the link; no link is success without a
 * write; a repeated write starts from a fresh read.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { unlinkGroup } from './link-group.ts';

export const PolicyRemoveParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  groupId: Id.describe('The server group that the policy shall no longer apply to.'),
});
export type PolicyRemoveParams = z.output<typeof PolicyRemoveParams>;

/** The write is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('unlinking') });

export const policyRemoveFromGroup: JobType<PolicyRemoveParams> = {
  type: 'automox.policy.remove-from-group',
  provider: 'automox',
  description: 'Takes a server group out of a policy, which then no longer applies to it.',
  params: PolicyRemoveParams,
  example: { policyId: 77, groupId: 23500 },
  budget: 'account',
  // A policy is read, changed and written back: two at once would lose one of the changes.
  shards: 1,
  cost: {
    operations: [operations.getPolicy, operations.updatePolicy],
    calls: 'two',
  },
  execute: removeFromGroup,
};

async function removeFromGroup(context: JobContext, params: PolicyRemoveParams): Promise<JobEnd> {
  const { policyId, groupId } = params;
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const beforeWrite = () => context.checkpointAt({ phase: 'unlinking' });
  const wrote = await unlinkGroup(context, { ...params, beforeWrite });
  // No link after a write without an answer is this job's own doing.
  const changed = wrote || stored !== undefined;
  const did = context.observing ? 'would take' : 'took';
  const summary = changed
    ? `${did} group ${groupId} out of policy ${policyId}`
    : `policy ${policyId} does not apply to group ${groupId}`;
  return { status: 'succeeded', summary, data: { policyId, groupId, changed } };
}
