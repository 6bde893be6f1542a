/** `automox.policy.delete`: deletes a policy. A policy that is not there is success. */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { parsePolicyRow } from '../policy/writable-policy.ts';
import { deleteNamed } from './delete-named.ts';

export const PolicyDeleteParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  name: z.string().min(1).describe('Its name: the job is refused where the id has another one.'),
});
export type PolicyDeleteParams = z.output<typeof PolicyDeleteParams>;

export const policyDelete: JobType<PolicyDeleteParams> = {
  type: 'automox.policy.delete',
  provider: 'automox',
  description: 'Deletes a policy, named by its id and its name.',
  params: PolicyDeleteParams,
  example: { policyId: 77, name: 'Patch the pilot ring' },
  budget: 'account',
  // Behind a job that still writes the policy.
  shards: 1,
  cost: {
    operations: [operations.getPolicy, operations.deletePolicy],
    calls: 'two',
  },
  execute: (context, { policyId, name }) =>
    deleteNamed(context, {
      ...{ thing: 'policy', id: policyId, name, operation: operations.deletePolicy },
      find: (key) => findPolicy(context, policyId, key),
    }),
};

async function findPolicy(
  context: JobContext,
  id: number,
  key: string,
): Promise<JsonObject | undefined> {
  try {
    const call = { operation: operations.getPolicy, key, path: { id } };
    return parsePolicyRow((await context.call(call)).body);
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'provider.not-found') return undefined;
    throw error;
  }
}
