/**
 * `automox.policy.update`: changes some fields of a policy, by its id.
 *
 * Guarantees: what `set` does not mention stays as it is, fields that nobody documented included; the
 * policy that would result is checked as a new one would be, before anything is written; a repeated
 * write starts from a fresh read.
 */
import * as z from 'zod';
import { fieldProblems } from '../../../errors/field-problems.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { type OutboundPolicy, toOutboundPolicy } from '../policy/outbound.ts';
import { policyDifferences } from '../policy/policy-differences.ts';
import { PolicyCreateParams } from '../policy/policy-params.ts';
import { portablePolicy } from '../policy/portable-policy.ts';
import { PolicySchedule } from '../policy/schedule-words.ts';
import { mergedPolicy, parsePolicyRow } from '../policy/writable-policy.ts';
import { rewritePolicy } from './rewrite-policy.ts';

const Change = z
  .strictObject({
    name: z.string().regex(/\S/, 'must be a name').optional().describe('Its new name.'),
    notes: z.string().optional().describe('A text; it may be empty.'),
    schedule: PolicySchedule.optional().describe('The whole schedule, in words.'),
    server_groups: z.array(Id).optional().describe('Ids of all groups that it shall apply to.'),
    configuration: z
      .record(z.string(), z.json())
      .optional()
      .describe('Keys to set; all other keys stay.'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'must name at least one of name, notes, schedule, server_groups, configuration',
  });

export const PolicyUpdateParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  set: Change.describe('What shall be so afterwards; the rest stays as it is.'),
});
export type PolicyUpdateParams = z.output<typeof PolicyUpdateParams>;

const Checkpoint = z.object({
  /** The write is about to be sent, or was, and changes these. */
  differences: z.array(z.string()),
});

export const policyUpdate: JobType<PolicyUpdateParams> = {
  type: 'automox.policy.update',
  provider: 'automox',
  description: 'Changes some fields of a policy and leaves the others as they are.',
  params: PolicyUpdateParams,
  example: {
    policyId: 77,
    set: { schedule: { days: ['sat'], time: '03:00' }, configuration: { auto_reboot: true } },
  },
  budget: 'account',
  // A policy is read, changed and written back: two at once would lose one of the changes.
  shards: 1,
  cost: {
    operations: [operations.getPolicy, operations.updatePolicy],
    calls: 'two',
  },
  execute: updatePolicy,
};

async function updatePolicy(
  context: JobContext,
  { policyId, set }: PolicyUpdateParams,
): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const read = { operation: operations.getPolicy, key: 'read', path: { id: policyId } };
  const existing = parsePolicyRow((await context.call(read)).body);
  const wanted = changedPolicy(context, existing, set);
  const differences = policyDifferences(wanted, existing);
  if (differences.length === 0) {
    return endOf(context, policyId, stored?.differences ?? []);
  }
  context.checkpointAt({ differences });
  await rewritePolicy(context, existing, wanted);
  return endOf(context, policyId, differences);
}

/** Throws `job.refused`, naming each field, where the result would be no valid policy. */
function changedPolicy(
  context: JobContext,
  existing: JsonObject,
  set: PolicyUpdateParams['set'],
): OutboundPolicy {
  const { schedule, configuration = {}, ...top } = set;
  const portable = portablePolicy(existing);
  const { configuration: inside } = mergedPolicy(portable, { configuration });
  const parsed = z.safeParse(PolicyCreateParams, {
    ...portable,
    ...top,
    ...(schedule === undefined ? {} : { schedule }),
    configuration: inside,
  });
  if (!parsed.success) {
    throw new SluiceError('job.refused', 'the policy would not be valid with these changes', {
      fields: fieldProblems(parsed.error, 'params.set'),
    });
  }
  const organizationId = organizationOf(context.account);
  const { body, warnings } = toOutboundPolicy(parsed.data, { organizationId });
  for (const { field, problem } of warnings) context.warn(`${field} ${problem}`);
  return body;
}

function endOf({ observing }: JobContext, policyId: number, changed: readonly string[]): JobEnd {
  const verb = observing ? 'would change' : 'changed';
  const summary =
    changed.length === 0
      ? `policy ${policyId} is so already`
      : `${verb} ${changed.join(', ')} of policy ${policyId}`;
  return { status: 'succeeded', summary, data: { policyId, changed } };
}
