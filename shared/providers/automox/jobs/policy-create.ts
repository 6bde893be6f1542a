/**
 * `automox.policy.create`: creates a policy, known by its name from then on.
 *
 * Guarantees: never two policies for one job. A policy of the name that says the same is success, one
 * that says otherwise is refused; a create whose answer was lost is looked up before it is repeated.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { toOutboundPolicy } from '../policy/outbound.ts';
import { PolicyCreateParams } from '../policy/policy-params.ts';
import { findSamePolicy } from './named-policy.ts';
import { alreadyThere, describeCreated, sendCreate } from './send-create.ts';

const Checkpoint = z.object({
  /** `creating`: the name was free, and the create is about to be sent or was. */
  phase: z.enum(['creating', 'created']),
});

export const policyCreate: JobType<PolicyCreateParams> = {
  type: 'automox.policy.create',
  provider: 'automox',
  description: 'Creates a patch, worklet or required software policy, unless it is there already.',
  params: PolicyCreateParams,
  example: {
    name: 'Patch the pilot ring',
    policy_type_name: 'patch',
    schedule: { days: ['mon', 'wed'], weeks: [1, 3], months: 'all', time: '01:00' },
    notes: '',
    server_groups: [23500],
    configuration: { auto_patch: true, auto_reboot: false, notify_user: true, patch_rule: 'all' },
  },
  budget: 'account',
  // Two creates of one name at once would both find it free.
  shards: 1,
  cost: {
    operations: [operations.listPolicies, operations.createPolicy],
    calls: 'one, and the list of policies',
  },
  execute: createPolicy,
};

async function createPolicy(context: JobContext, params: PolicyCreateParams): Promise<JobEnd> {
  const organizationId = organizationOf(context.account);
  const { body, warnings } = toOutboundPolicy(params, { organizationId });
  for (const { field, problem } of warnings) context.warn(`${field} ${problem}`);
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  if (stored === undefined) {
    const existing = await findSamePolicy(context, body, 'before');
    if (existing) return alreadyThere(body, existing);
  }
  if (stored?.phase !== 'created') {
    context.checkpointAt({ phase: 'creating' });
    const clash = await sendCreate(context, body);
    if (clash) return alreadyThere(body, clash);
    if (context.observing) return { status: 'succeeded', summary: `would create "${body.name}"` };
    context.checkpointAt({ phase: 'created' });
  }
  return describeCreated(context, body);
}
