/**
 * `automox.approvals.decide`: approves or rejects patches that wait for a decision.
 *
 * Guarantees: one refusal does not stop the others; a decision that is sent twice is the same
 * decision.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { endOfIdWork, workThroughIds } from '../../../jobs/id-work.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { WorkList } from '../../../jobs/work-list.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';

const APPROVALS_MAX = 2_000;

export const ApprovalsDecideParams = z.strictObject({
  approvals: z
    .array(Id)
    .min(1)
    .max(APPROVALS_MAX)
    .describe('Ids of approvals, as automox.approvals.query lists them; a double counts once.'),
  decision: z.enum(['approve', 'reject']).describe('For all of them.'),
});
export type ApprovalsDecideParams = z.output<typeof ApprovalsDecideParams>;

export const approvalsDecide: JobType<ApprovalsDecideParams> = {
  type: 'automox.approvals.decide',
  provider: 'automox',
  description: 'Approves or rejects patches that wait for a decision.',
  params: ApprovalsDecideParams,
  example: { approvals: [1203, 1204], decision: 'approve' },
  budget: 'account',
  // To approve and then reject must not become the other way round.
  shards: 1,
  cost: {
    operations: [operations.decideApproval],
    calls: 'one for each approval',
  },
  execute: decideApprovals,
};

async function decideApprovals(
  context: JobContext,
  { approvals, decision }: ApprovalsDecideParams,
): Promise<JobEnd> {
  const ids = [...new Set(approvals)];
  const work = await workThroughIds(context, {
    ids,
    thing: 'approval',
    stored: parseCheckpoint(WorkList, context.checkpoint),
    checkpointOf: (at) => at,
    async perform(id) {
      await context.call({
        operation: operations.decideApproval,
        key: `approval-${id}`,
        path: { id },
        body: { manual_approval: decision === 'approve' },
      });
    },
  });
  const did = { approve: 'approved', reject: 'rejected' }[decision];
  return endOfIdWork(work, {
    ids,
    thing: 'approval',
    did: context.observing ? `would ${decision}` : did,
    unknown: 'it may or may not be decided',
    wellKey: 'decided',
    data: { decision },
  });
}
