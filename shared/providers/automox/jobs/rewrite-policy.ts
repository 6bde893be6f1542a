/** Writes a policy over one that was read. */
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { type JsonObject, scalarText } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import type { OutboundPolicy } from '../policy/outbound.ts';
import { mergedPolicy } from '../policy/writable-policy.ts';
import { getRowId } from '../row-id.ts';
import { policyBody } from './send-create.ts';

/** Throws `job.refused` where both are not of one kind: their settings have nothing in common. */
export async function rewritePolicy(
  context: JobContext,
  existing: JsonObject,
  wanted: OutboundPolicy,
): Promise<void> {
  const kind = existing['policy_type_name'];
  if (kind !== wanted.policy_type_name) {
    const problem = `is "${wanted.policy_type_name}", but the policy is of the kind "${scalarText(kind)}"`;
    throw new SluiceError('job.refused', `policy_type_name ${problem}`, {
      fields: [{ field: 'params.policy_type_name', problem }],
    });
  }
  await context.call({
    operation: operations.updatePolicy,
    key: 'update',
    path: { id: getRowId(existing, 'policy') },
    body: mergedPolicy(existing, policyBody(wanted)),
  });
}
