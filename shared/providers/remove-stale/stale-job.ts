/**
 * The part that every job has which removes machines that were not seen for long, in two jobs. The first
 * reports and freezes the list; the second names the first and removes what is on that list.
 *
 * Guarantees: nothing is removed that no report listed; a machine that came back since the report is
 * spared; a list of more than `maxPercent` of the whole is refused as a whole.
 */
import type { JobType } from '../../jobs/job-type.ts';
import { invariant } from '../../kernel/invariant.ts';
import { removeStale } from './remove-stale.ts';
import { reportStale } from './report-stale.ts';
import type { StaleParams } from './stale-params.ts';
import type { StaleSource } from './stale-source.ts';

type StaleJob<Select> = Pick<JobType<StaleParams<Select>>, 'shards' | 'execute'>;

export const staleJob = <Id extends number | string, Select>(
  source: StaleSource<Id, Select>,
): StaleJob<Select> => ({
  // Two removals at once would both count what the other removes.
  shards: 1,
  execute: (context, { report, remove }) => {
    if (remove) return removeStale(context, source, remove);
    invariant(report !== undefined, 'the parameters have either of report and remove');
    return reportStale(context, source, report);
  },
});
