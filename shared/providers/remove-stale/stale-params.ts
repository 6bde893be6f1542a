/** What every job takes that removes stale machines: first a report, then a removal by that report. */
import * as z from 'zod';

const JobId = z.string().regex(/^job_[0-9a-z]{10,40}$/, 'must be the id of a job');

export interface ReportParams<Select> {
  readonly olderThanDays: number;
  readonly select: Select;
}

export interface RemovalParams {
  /** Id of the job that reported. */
  readonly report: string;
  readonly maxPercent: number;
}

export interface StaleParams<Select> {
  readonly report?: ReportParams<Select> | undefined;
  readonly remove?: RemovalParams | undefined;
}

export interface StaleWording {
  /** `devices` */
  readonly things: string;
  /** `organization` */
  readonly whole: string;
}

/** `select` has no field that must be given. */
export function StaleParams<Fields extends z.ZodRawShape>(
  select: Fields,
  { things, whole }: StaleWording,
) {
  const report = z.strictObject({
    olderThanDays: z.int().min(7).max(3_650).describe('Not seen for more than so many days.'),
    select: z
      .strictObject(select)
      .prefault({} as z.input<z.ZodObject<Fields, z.core.$strict>>)
      .describe(`Only among these ${things}; default all.`),
  });
  const remove = z.strictObject({
    report: JobId.describe('The id of the job that reported them.'),
    maxPercent: z
      .number()
      .gt(0)
      .max(100)
      .default(5)
      .describe(`Refuse if they are more than so much of the ${things} of the ${whole}.`),
  });
  return z
    .strictObject({
      report: report.optional().describe(`First: list the ${things} and freeze the list.`),
      remove: remove
        .optional()
        .describe(`Then, as another job: remove the ${things} of that list.`),
    })
    .refine((given) => (given.report === undefined) !== (given.remove === undefined), {
      path: ['report'],
      error: 'must be given, or "remove" instead of it, but not both',
    });
}
