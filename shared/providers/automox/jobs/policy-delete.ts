/**
 * `automox.policy.delete`: deletes a policy. A policy that is not there is success.
 *
 * Guarantees: nothing is deleted under another name than the one that was meant.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';

export const PolicyDeleteParams = z.strictObject({
  policyId: Id.describe('The policy.'),
  name: z.string().min(1).describe('Its name: the job is refused where the id has another one.'),
});
export type PolicyDeleteParams = z.output<typeof PolicyDeleteParams>;

/** The delete is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('deleting') });

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
  execute: deletePolicy,
};

async function deletePolicy(
  context: JobContext,
  { policyId, name }: PolicyDeleteParams,
): Promise<JobEnd> {
  const begun = parseCheckpoint(Checkpoint, context.checkpoint) !== undefined;
  const path = { id: policyId };
  try {
    const read = { operation: operations.getPolicy, key: 'read', path };
    assertNamed((await context.call(read)).body, name);
    context.checkpointAt({ phase: 'deleting' });
    await context.call({ operation: operations.deletePolicy, key: 'delete', path });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'provider.not-found') throw error;
    // Gone after a delete without an answer: this job's own doing.
    if (!begun) return endOf(policyId, false, `there is no policy ${policyId}`);
  }
  const did = context.observing ? 'would delete' : 'deleted';
  return endOf(policyId, true, `${did} the policy "${name}"`);
}

function assertNamed(policy: Json, name: string): void {
  const found = isJsonObject(policy) ? policy['name'] : undefined;
  if (found === name) return;
  const problem = `is not the name of the policy, which is "${String(found)}"`;
  throw new SluiceError('job.refused', `"${name}" ${problem}: nothing was deleted`, {
    fields: [{ field: 'params.name', problem }],
  });
}

const endOf = (policyId: number, deleted: boolean, summary: string): JobEnd => ({
  status: 'succeeded',
  summary,
  data: { policyId, deleted },
});
