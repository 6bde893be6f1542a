/** The list of stale machines that a report freezes for its removal. */
import * as z from 'zod';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { JobContext } from '../../jobs/job-type.ts';
import { days } from '../../kernel/duration.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { StaleSource } from './stale-source.ts';

/** A report older than this says too little of today. */
const REPORT_LIFE_MS = days(7);

export interface StaleReport<Id> {
  readonly whole: string;
  readonly takenAtMs: number;
  readonly olderThanDays: number;
  /** Machines that were listed in all. */
  readonly listed: number;
  readonly targets: readonly Id[];
}

type Source = Pick<StaleSource<number | string, never>, 'thing'>;

/** A name of its own: no other kind of job leaves such a note. */
const noteOf = ({ thing }: Source): string => `stale-${thing}s`;

export const isStale = (
  { lastSeenMs }: Pick<StaleSource<never, never>, 'lastSeenMs'>,
  row: JsonObject,
  olderThanDays: number,
  nowMs: number,
): boolean => (lastSeenMs(row) ?? nowMs) < nowMs - days(olderThanDays);

export const keepReport = <Id extends number | string>(
  context: JobContext,
  source: Source,
  report: StaleReport<Id>,
): Promise<void> => context.putNote(noteOf(source), { ...report });

/**
 * Throws `job.refused` where the job left no such report, or one of something else, or an old one that
 * must be fresh: a removal that has begun may go on with its list.
 */
export async function getReport<Id extends number | string>(
  context: Pick<JobContext, 'account' | 'accountName' | 'nowMs' | 'findNoteOf'>,
  source: Pick<StaleSource<Id, never>, 'thing' | 'Id' | 'whole' | 'wholeOf'>,
  { jobId, mustBeFresh }: { readonly jobId: string; readonly mustBeFresh: boolean },
): Promise<StaleReport<Id>> {
  const found = z.safeParse(reportOf(source.Id), await context.findNoteOf(jobId, noteOf(source)));
  if (!found.success) throw refused(`${jobId} is no finished report of stale ${source.thing}s`);
  const report = found.data;
  if (report.whole !== source.wholeOf(context)) {
    throw refused(`the report ${jobId} is about another ${source.whole}`);
  }
  if (mustBeFresh && context.nowMs() - report.takenAtMs > REPORT_LIFE_MS) {
    throw refused(`the report ${jobId} is more than a week old: make a new one`);
  }
  return report;
}

const reportOf = <Id>(id: z.ZodType<Id>) =>
  z.object({
    whole: z.string(),
    takenAtMs: z.int(),
    olderThanDays: z.int(),
    listed: z.int(),
    targets: z.array(id),
  });

const refused = (problem: string): SluiceError =>
  new SluiceError('job.refused', problem, { fields: [{ field: 'params.remove.report', problem }] });
