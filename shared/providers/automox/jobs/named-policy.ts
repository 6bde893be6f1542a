/** Policies by their name, which is their natural key: a create is answered without an id. */
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
import type { OutboundPolicy } from '../policy/outbound.ts';
import { policyDifferences } from '../policy/policy-differences.ts';

/** The policy of exactly this name; names are unique in an organization. */
export const findNamedPolicy = (
  context: JobContext,
  name: string,
  key: string,
): Promise<JsonObject | undefined> =>
  findListed(context, { operation: operations.listPolicies, key }, (row) => row['name'] === name);

/**
 * The policy that says the same as `wanted`. Throws `job.refused`, naming each difference, where
 * another policy has the name.
 */
export async function findSamePolicy(
  context: JobContext,
  wanted: OutboundPolicy,
  key: string,
): Promise<JsonObject | undefined> {
  const existing = await findNamedPolicy(context, wanted.name, key);
  const differences = existing ? policyDifferences(wanted, existing) : [];
  if (differences.length === 0) return existing;
  throw new SluiceError(
    'job.refused',
    `a policy named "${wanted.name}" exists and differs in ${differences.join(', ')}: choose another name, or change that policy`,
    {
      fields: differences.map((path) => ({
        field: `params.${path}`,
        problem: 'differs from the policy that has the name',
      })),
    },
  );
}
