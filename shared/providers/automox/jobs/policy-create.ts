/**
 * `automox.policy.create`: creates a policy, known by its name from then on.
 *
 * Guarantees: never two policies for one job. A policy of the name that says the same is success, one
 * that says otherwise is refused; a create whose answer was lost is looked up before it is repeated.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { type OutboundPolicy, toOutboundPolicy } from '../policy/outbound.ts';
import { policyDifferences } from '../policy/policy-differences.ts';
import { PolicyCreateParams } from '../policy/policy-params.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { findNamedPolicy, findSamePolicy } from './named-policy.ts';

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
  return created(context, body);
}

/** The same policy where the name was taken meanwhile, perhaps by a create that came late. */
async function sendCreate(
  context: JobContext,
  policy: OutboundPolicy,
): Promise<JsonObject | undefined> {
  const happened = async () => (await findSamePolicy(context, policy, 'look')) !== undefined;
  // It was parsed from JSON, keys that nobody documented included.
  const body = { ...policy, configuration: policy.configuration as JsonObject };
  try {
    await context.call({ operation: operations.createPolicy, key: 'create', body }, happened);
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'provider.conflict') throw error;
    const existing = await findSamePolicy(context, policy, 'clash');
    if (existing) return existing;
    throw error;
  }
}

const alreadyThere = ({ name }: OutboundPolicy, existing: JsonObject): JobEnd => ({
  status: 'succeeded',
  summary: `the policy "${name}" already exists and is the same`,
  data: { policyId: existing['id'] ?? null, created: false },
});

/** Automox answered 201 without an id, so the policy is asked for by its name. */
async function created(context: JobContext, body: OutboundPolicy): Promise<JobEnd> {
  const policy = await findNamedPolicy(context, body.name, 'after');
  if (!policy) context.warn('Automox does not list the policy yet, so its id is not known');
  const differences = policy ? policyDifferences(body, policy) : [];
  if (differences.length > 0) context.warn(`Automox stored otherwise: ${differences.join(', ')}`);
  return {
    status: 'succeeded',
    summary: `created the policy "${body.name}"`,
    data: { policyId: policy?.['id'] ?? null, created: true },
  };
}
