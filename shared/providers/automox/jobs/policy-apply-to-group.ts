/**
 * `automox.policy.apply-to-group`: links a policy with a server group, and runs it then if asked to.
 *
 * Guarantees: the policy is written back as it was read, fields that nobody documented included; an
 * existing link is success without a write; a repeated write starts from a fresh read; the policy is
 * not run twice, whatever crashes.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { linkGroup } from './link-group.ts';

export const PolicyApplyParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  groupId: Id.describe('The server group that the policy shall apply to as well.'),
  run: z
    .boolean()
    .default(false)
    .describe('Run the policy once it is linked: on all of its devices, not on this group alone.'),
});
export type PolicyApplyParams = z.output<typeof PolicyApplyParams>;

const Checkpoint = z.object({
  /** `linking`: the link is about to be written, or was; `linked`: it is there. */
  phase: z.enum(['linking', 'linked', 'ran']),
  /** Whether this job wrote the link. */
  changed: z.boolean(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const policyApplyToGroup: JobType<PolicyApplyParams> = {
  type: 'automox.policy.apply-to-group',
  provider: 'automox',
  description: 'Links a policy with a server group, and runs the policy afterwards if asked to.',
  params: PolicyApplyParams,
  example: { policyId: 77, groupId: 23500, run: true },
  budget: 'account',
  // A policy is read, changed and written back: two at once would lose one of the changes.
  shards: 1,
  cost: {
    operations: [
      operations.getPolicy,
      operations.listGroups,
      operations.updatePolicy,
      operations.runPolicy,
    ],
    calls: 'two, and the list of groups; one more to run it',
  },
  execute: applyToGroup,
};

async function applyToGroup(context: JobContext, params: PolicyApplyParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const isLinked = stored !== undefined && stored.phase !== 'linking';
  const link = isLinked ? stored : await makeLink(context, params, stored);
  const refusal =
    params.run && link.phase !== 'ran' ? await runOnce(context, params, link) : undefined;
  return endOf(context, params, link, refusal);
}

async function makeLink(
  context: JobContext,
  { policyId, groupId }: PolicyApplyParams,
  stored: Checkpoint | undefined,
): Promise<Checkpoint> {
  const beforeWrite = () => context.checkpointAt({ phase: 'linking', changed: true });
  const wrote = await linkGroup(context, { policyId, groupId, beforeWrite });
  // A link that is there after a write without an answer is this job's own.
  const link: Checkpoint = { phase: 'linked', changed: wrote || stored !== undefined };
  context.checkpointAt(link);
  return link;
}

/** Answers why it was refused, if it was: the link is made all the same. */
async function runOnce(
  context: JobContext,
  { policyId }: PolicyApplyParams,
  link: Checkpoint,
): Promise<ProviderError | undefined> {
  try {
    await context.call({
      operation: operations.runPolicy,
      key: 'run',
      path: { id: policyId },
      body: { action: 'remediateAll' },
    });
    context.checkpointAt({ ...link, phase: 'ran' });
    return undefined;
  } catch (error) {
    if (error instanceof ProviderError && error.disposition === 'park') return error;
    throw error;
  }
}

function endOf(
  context: JobContext,
  { policyId, groupId, run }: PolicyApplyParams,
  { changed }: Checkpoint,
  refusal: ProviderError | undefined,
): JobEnd {
  const pair = `policy ${policyId} with group ${groupId}`;
  const would = context.observing ? 'would link' : 'linked';
  const link = changed ? `${would} ${pair}` : `${pair}: linked already`;
  const data = { policyId, groupId, changed, run: run && !refusal };
  if (refusal) {
    return { status: 'partial', summary: `${link}, but not run: ${refusal.message}`, data };
  }
  return { status: 'succeeded', summary: run ? `${link}, and run` : link, data };
}
