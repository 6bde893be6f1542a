/** Removes the machines that a report of stale ones lists, each after a last look at it. */
import * as z from 'zod';
import { ProviderError } from '../../errors/provider-error.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../jobs/checkpoint.ts';
import { endOfIdWork, workThroughIds } from '../../jobs/id-work.ts';
import type { JobContext, JobEnd } from '../../jobs/job-type.ts';
import { WorkList } from '../../jobs/work-list.ts';
import type { RemovalParams } from './stale-params.ts';
import { getReport, isStale, type StaleReport } from './stale-report.ts';
import type { StaleSource } from './stale-source.ts';

const Checkpoint = z.object({
  work: WorkList,
  /** Items that are stale no longer. */
  spared: z.array(z.int()),
});
type Checkpoint = z.output<typeof Checkpoint>;

export async function removeStale<Id extends number | string>(
  context: JobContext,
  source: StaleSource<Id, never>,
  removal: RemovalParams,
): Promise<JobEnd> {
  const { thing } = source;
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const mustBeFresh = stored === undefined;
  const report = await getReport(context, source, { jobId: removal.report, mustBeFresh });
  if (mustBeFresh) refuseTooMany(source, report, removal);
  const { targets: ids, olderThanDays } = report;
  let spared = stored?.spared ?? [];
  const work = await workThroughIds(context, {
    ...{ ids, thing, stored: stored?.work },
    checkpointOf: (next): Checkpoint => ({ work: next, spared }),
    async perform(id, item) {
      const gone = await removeIfStale(context, source, id, olderThanDays).catch(assertGone);
      if (!gone) spared = [...spared, item];
    },
  });
  return endOfIdWork(work, {
    ...{ ids, thing, wellKey: 'removed' },
    did: context.observing ? 'would remove' : 'removed',
    unknown: 'it may or may not be removed',
    needless: { items: spared, why: 'seen again since the report and spared' },
    data: { report: removal.report, spared: spared.flatMap((item) => ids[item] ?? []) },
  });
}

function refuseTooMany<Id>(
  { thing }: Pick<StaleSource<never, never>, 'thing'>,
  { targets, listed }: StaleReport<Id>,
  { maxPercent }: RemovalParams,
): void {
  const percent = listed === 0 ? 0 : (100 * targets.length) / listed;
  if (percent <= maxPercent) return;
  const share = `${targets.length} of ${listed} ${thing}s (${percent.toFixed(1)} %)`;
  const problem = `allows ${maxPercent} %, and the report lists ${share}: nothing was removed`;
  throw new SluiceError('job.refused', `maxPercent ${problem}`, {
    fields: [{ field: 'params.remove.maxPercent', problem }],
  });
}

/** Answers false where it was seen since. */
async function removeIfStale<Id extends number | string>(
  context: JobContext,
  source: StaleSource<Id, never>,
  id: Id,
  olderThanDays: number,
): Promise<boolean> {
  const row = await source.look(context, id);
  if (!isStale(source, row, olderThanDays, context.nowMs())) return false;
  await source.remove(context, id);
  return true;
}

/** One that there is not is what was wanted, whoever removed it. */
function assertGone(error: unknown): true {
  if (error instanceof ProviderError && error.code === 'provider.not-found') return true;
  throw error;
}
