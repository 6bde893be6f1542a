/** Sends a create of a policy, whose answer says nothing of it, and finds out what became of it. */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import type { OutboundPolicy } from '../policy/outbound.ts';
import { policyDifferences } from '../policy/policy-differences.ts';
import { findNamedPolicy, findSamePolicy } from './named-policy.ts';

/** The same policy where the name was taken meanwhile, perhaps by a create that came late. */
export async function sendCreate(
  context: JobContext,
  policy: OutboundPolicy,
): Promise<JsonObject | undefined> {
  const happened = async () => (await findSamePolicy(context, policy, 'look')) !== undefined;
  const body = policyBody(policy);
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

export const alreadyThere = ({ name }: OutboundPolicy, existing: JsonObject): JobEnd => ({
  status: 'succeeded',
  summary: `the policy "${name}" already exists and is the same`,
  data: { policyId: existing['id'] ?? null, created: false },
});

/** Automox answered 201 without an id, so the policy is asked for by its name. */
export async function describeCreated(context: JobContext, body: OutboundPolicy): Promise<JobEnd> {
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

/** It was parsed from JSON, keys that nobody documented included. */
export const policyBody = (policy: OutboundPolicy): JsonObject => ({
  ...policy,
  configuration: policy.configuration as JsonObject,
});
