import * as z from 'zod';
import { fieldProblems } from '../../shared/errors/field-problems.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import type { JobQuery } from '../../shared/jobs/job-store.ts';
import { jobStatuses } from '../../shared/jobs/states.ts';

/** What no key of an index can be, DynamoDB refuses as a defect of ours: empty, or too long. */
const Query = z.strictObject({
  status: z.enum(jobStatuses).optional(),
  type: z.string().min(1).max(128).optional(),
  account: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{15}#[a-z0-9_]{1,64}$/, 'must be the cursor of a former page')
    .optional(),
});

/** Throws `request.invalid` naming every wrong query parameter. */
export function parseJobQuery(query: Readonly<Record<string, string | undefined>>): JobQuery {
  const parsed = z.safeParse(Query, query);
  if (parsed.success) {
    const entries = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
    return { limit: parsed.data.limit, ...Object.fromEntries(entries) };
  }
  const fields = fieldProblems(parsed.error);
  throw new SluiceError('request.invalid', 'the query is wrong', { fields });
}
