/** Which devices are stale, and the list of them that a report freezes for its removal. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { days } from '../../../kernel/duration.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { organizationOf } from '../organization.ts';
import { findInstantMs } from '../vendor-instant.ts';

/** A name of its own: no other kind of job leaves such a note. */
const NOTE = 'stale-devices';

/** A report older than this says too little of today. */
const REPORT_LIFE_MS = days(7);

export const StaleReport = z.object({
  organizationId: z.int(),
  takenAtMs: z.int(),
  olderThanDays: z.int(),
  /** Devices that were listed in all. */
  devices: z.int(),
  targets: z.array(z.int()),
});
export type StaleReport = z.output<typeof StaleReport>;

/** When the device was last there; undefined where it is connected, or nobody knows. */
export function lastSeenMs(device: JsonObject): number | undefined {
  if (device['connected'] === true) return undefined;
  const seen = [device['last_refresh_time'], device['last_disconnect_time']]
    .map(findInstantMs)
    .filter((atMs) => atMs !== undefined);
  return seen.length === 0 ? undefined : Math.max(...seen);
}

export const isStale = (device: JsonObject, olderThanDays: number, nowMs: number): boolean =>
  (lastSeenMs(device) ?? nowMs) < nowMs - days(olderThanDays);

export const keepReport = (context: JobContext, report: StaleReport): Promise<void> =>
  context.putNote(NOTE, report);

/**
 * Throws `job.refused` where the job left no such report, or another organization's, or an old
 * one that must be fresh: a removal that has begun may go on with its list.
 */
export async function getReport(
  context: Pick<JobContext, 'account' | 'nowMs' | 'findNoteOf'>,
  jobId: string,
  mustBeFresh: boolean,
): Promise<StaleReport> {
  const found = z.safeParse(StaleReport, await context.findNoteOf(jobId, NOTE));
  if (!found.success) throw refused(`${jobId} is no finished report of stale devices`);
  const report = found.data;
  if (report.organizationId !== organizationOf(context.account)) {
    throw refused(`the report ${jobId} is about another organization`);
  }
  if (mustBeFresh && context.nowMs() - report.takenAtMs > REPORT_LIFE_MS) {
    throw refused(`the report ${jobId} is more than a week old: make a new one`);
  }
  return report;
}

const refused = (problem: string): SluiceError =>
  new SluiceError('job.refused', problem, { fields: [{ field: 'params.remove.report', problem }] });
