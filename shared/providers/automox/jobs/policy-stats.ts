/** `automox.policy.stats`: how many devices comply with each policy, as the console counts them now. */
import * as z from 'zod';
import { pageRows } from '../../../http/pagination.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { endOfRows } from '../../../jobs/put-rows.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { operations } from '../operations.ts';

export const PolicyStatsParams = z.strictObject({
  policyId: Id.optional().describe('This policy only; default all.'),
});
export type PolicyStatsParams = z.output<typeof PolicyStatsParams>;

export const policyStats: JobType<PolicyStatsParams> = {
  type: 'automox.policy.stats',
  provider: 'automox',
  description: 'Counts the compliant, noncompliant and pending devices of each policy.',
  params: PolicyStatsParams,
  example: { policyId: 77 },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.getPolicyStats],
    calls: 'one',
  },
  execute: listStats,
};

async function listStats(context: JobContext, { policyId }: PolicyStatsParams): Promise<JobEnd> {
  const { body } = await context.call({ operation: operations.getPolicyStats, key: 'stats' });
  const listed = pageRows(body).filter(isJsonObject);
  const rows = listed.filter((row) => policyId === undefined || row['policy_id'] === policyId);
  await context.putPart(0, rows);
  const counts = { read: listed.length, rows: rows.length, parts: 1 };
  return endOfRows({ run: context.run, cursor: null, ...counts }, 'policy');
}
