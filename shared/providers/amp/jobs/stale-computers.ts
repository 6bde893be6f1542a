/** Which computers are stale, and the list of them that a report freezes for its removal. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { days } from '../../../kernel/duration.ts';
import type { Computer } from '../computer.ts';

/** A name of its own: no other kind of job leaves such a note. */
const NOTE = 'stale-computers';

/** A report older than this says too little of today. */
const REPORT_LIFE_MS = days(7);

export const StaleReport = z.object({
  account: z.string(),
  takenAtMs: z.int(),
  olderThanDays: z.int(),
  /** Computers that were listed in all. */
  computers: z.int(),
  targets: z.array(z.string()),
});
export type StaleReport = z.output<typeof StaleReport>;

/** One that does not say when it was seen is not stale: nobody knows. */
export const isStale = ({ lastSeenMs }: Computer, olderThanDays: number, nowMs: number): boolean =>
  lastSeenMs !== undefined && lastSeenMs < nowMs - days(olderThanDays);

export const keepReport = (context: JobContext, report: StaleReport): Promise<void> =>
  context.putNote(NOTE, report);

/**
 * Throws `job.refused` where the job left no such report, or another account's, or an old one that
 * must be fresh: a removal that has begun may go on with its list.
 */
export async function getReport(
  context: JobContext,
  jobId: string,
  mustBeFresh: boolean,
): Promise<StaleReport> {
  const found = z.safeParse(StaleReport, await context.findNoteOf(jobId, NOTE));
  if (!found.success) throw refused(`${jobId} is no finished report of stale computers`);
  const report = found.data;
  if (report.account !== context.accountName) {
    throw refused(`the report ${jobId} is about another account`);
  }
  if (mustBeFresh && context.nowMs() - report.takenAtMs > REPORT_LIFE_MS) {
    throw refused(`the report ${jobId} is more than a week old: make a new one`);
  }
  return report;
}

const refused = (problem: string): SluiceError =>
  new SluiceError('job.refused', problem, { fields: [{ field: 'params.remove.report', problem }] });
