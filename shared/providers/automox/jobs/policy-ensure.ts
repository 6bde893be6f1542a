/**
 * `automox.policy.ensure`: a policy of this name shall be so: it is created, or changed where it
 * differs. What a policy file in a repository wants.
 *
 * Guarantees: what the parameters do not mention is left as it is; a policy that is so already is not
 * written; a create or write whose answer was lost is looked up before it is repeated.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { type OutboundPolicy, toOutboundPolicy } from '../policy/outbound.ts';
import { policyDifferences } from '../policy/policy-differences.ts';
import { PolicyCreateParams } from '../policy/policy-params.ts';
import { findNamedPolicy } from './named-policy.ts';
import { rewritePolicy } from './rewrite-policy.ts';
import { describeCreated, sendCreate } from './send-create.ts';

const Checkpoint = z.object({
  /** Absent where a former version wrote it. */
  run: z.int().exactOptional(),
  /** `creating`: the name was free; `updating`: the policy is about to be written, or was. */
  phase: z.enum(['creating', 'created', 'updating']),
  /** What differed before the write. */
  differences: z.array(z.string()),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const policyEnsure: JobType<PolicyCreateParams> = {
  type: 'automox.policy.ensure',
  provider: 'automox',
  description: 'Creates the policy, or brings the policy of its name in line.',
  params: PolicyCreateParams,
  example: {
    name: 'Patch the pilot ring',
    policy_type_name: 'patch',
    schedule: { days: 'all', time: '02:00' },
    server_groups: [23500],
    configuration: { auto_patch: true, auto_reboot: true, notify_user: true, patch_rule: 'all' },
  },
  budget: 'account',
  // Two of one name at once would both find it free.
  shards: 1,
  cost: {
    operations: [operations.listPolicies, operations.createPolicy, operations.updatePolicy],
    calls: 'the list of policies, and one where something changes',
  },
  execute: ensurePolicy,
};

async function ensurePolicy(context: JobContext, params: PolicyCreateParams): Promise<JobEnd> {
  const organizationId = organizationOf(context.account);
  const { body, warnings } = toOutboundPolicy(params, { organizationId });
  for (const { field, problem } of warnings) context.warn(`${field} ${problem}`);
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  if (stored?.phase === 'created') return describeCreated(context, body);
  // In this run silence is looked into before the create is repeated. A retry looks by itself.
  const creating = stored?.phase === 'creating' && stored.run === context.run;
  const existing = creating ? undefined : await findNamedPolicy(context, body.name, 'before');
  return existing ? bringInLine(context, body, existing, stored) : create(context, body);
}

async function create(context: JobContext, body: OutboundPolicy): Promise<JobEnd> {
  const at = { run: context.run, differences: [] };
  context.checkpointAt({ ...at, phase: 'creating' } satisfies Checkpoint);
  const clash = await sendCreate(context, body);
  if (clash) return endOf(context, body, clash, []);
  if (context.observing) return { status: 'succeeded', summary: `would create "${body.name}"` };
  context.checkpointAt({ ...at, phase: 'created' } satisfies Checkpoint);
  return describeCreated(context, body);
}

async function bringInLine(
  context: JobContext,
  body: OutboundPolicy,
  existing: JsonObject,
  stored: Checkpoint | undefined,
): Promise<JobEnd> {
  const differences = policyDifferences(body, existing);
  // In line after a write without an answer: this job's own doing.
  if (differences.length === 0) return endOf(context, body, existing, stored?.differences ?? []);
  const at = { run: context.run, differences };
  context.checkpointAt({ ...at, phase: 'updating' } satisfies Checkpoint);
  await rewritePolicy(context, existing, body);
  return endOf(context, body, existing, differences);
}

function endOf(
  { observing }: JobContext,
  { name }: OutboundPolicy,
  existing: JsonObject,
  differences: readonly string[],
): JobEnd {
  const verb = observing ? 'would change' : 'changed';
  const summary =
    differences.length === 0
      ? `the policy "${name}" is so already`
      : `${verb} ${differences.join(', ')} of the policy "${name}"`;
  const data = { policyId: existing['id'] ?? null, created: false, changed: differences };
  return { status: 'succeeded', summary, data };
}
