/**
 * `automox.policies.export`: the policies of the organization as code, one NDJSON row each, which is
 * exactly what `automox.policy.ensure` takes.
 *
 * Guarantees: a row that `automox.policy.ensure` would not take as it is comes with a warning.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { type JsonObject, scalarText } from '../../../kernel/json.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { matchesGlob } from '../name-glob.ts';
import { operations } from '../operations.ts';
import { PolicyCreateParams } from '../policy/policy-params.ts';
import { portablePolicy } from '../policy/portable-policy.ts';
import { listRows } from './list-rows.ts';

export const PoliciesExportParams = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe('Only policies of this name; * and ? are wildcards, case does not matter.'),
  kind: z
    .enum(['patch', 'custom', 'required_software'])
    .optional()
    .describe('Only policies of this policy_type_name.'),
});
export type PoliciesExportParams = z.output<typeof PoliciesExportParams>;

export const policiesExport: JobType<PoliciesExportParams> = {
  type: 'automox.policies.export',
  provider: 'automox',
  description: 'Writes the policies down as automox.policy.ensure takes them, as NDJSON.',
  params: PoliciesExportParams,
  example: { name: 'Patch *', kind: 'patch' },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.listPolicies],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: exportPolicies,
};

function exportPolicies(
  context: JobContext,
  { name, kind }: PoliciesExportParams,
): Promise<JobEnd> {
  return listRows(
    context,
    { operation: operations.listPolicies, key: 'page' },
    {
      thing: 'policy',
      pick(row) {
        const isKind = kind === undefined || row['policy_type_name'] === kind;
        const isNamed = name === undefined || matchesGlob(name, scalarText(row['name']));
        return isKind && isNamed ? checked(context, portablePolicy(row)) : undefined;
      },
    },
  );
}

function checked(context: JobContext, policy: JsonObject): JsonObject {
  const parsed = z.safeParse(PolicyCreateParams, policy);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    context.warn(
      `"${scalarText(policy['name'])}" would not be taken back: ${where} ${issue?.message}`,
    );
  }
  return policy;
}
