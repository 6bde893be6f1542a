/** `automox.approvals.query`: patches that wait for a decision, or had one, one NDJSON row each. */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { operations } from '../operations.ts';
import { listRows } from './list-rows.ts';

export const ApprovalsQueryParams = z.strictObject({
  undecided: z.boolean().optional().describe('Only those without a decision; false the others.'),
  policyId: Id.optional().describe('Only of this policy.'),
});
export type ApprovalsQueryParams = z.output<typeof ApprovalsQueryParams>;

export const approvalsQuery: JobType<ApprovalsQueryParams> = {
  type: 'automox.approvals.query',
  provider: 'automox',
  description: 'Lists the approvals of manual patch policies, as NDJSON.',
  params: ApprovalsQueryParams,
  example: { undecided: true },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.listApprovals],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: queryApprovals,
};

function queryApprovals(
  context: JobContext,
  { undecided, policyId }: ApprovalsQueryParams,
): Promise<JobEnd> {
  return listRows(
    context,
    { operation: operations.listApprovals, key: 'page' },
    {
      thing: 'approval',
      pick(row) {
        const { policy, manual_approval: decision = null } = row;
        const isOf = policyId === undefined || (isJsonObject(policy) && policy['id'] === policyId);
        return isOf && (undecided ?? decision === null) === (decision === null) ? row : undefined;
      },
    },
  );
}
