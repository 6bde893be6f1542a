/** Removes the computers that a report of stale ones lists, each after a last look at it. */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { failedItems, findTotalFailure, resumeWork, WorkList } from '../../../jobs/work-list.ts';
import { workThrough } from '../../../jobs/work-through.ts';
import { dataOf, readComputer } from '../computer.ts';
import { operations } from '../operations.ts';
import { getReport, isStale, type StaleReport } from './stale-computers.ts';

const Checkpoint = z.object({
  work: WorkList,
  /** Items that are stale no longer. */
  spared: z.array(z.int()),
});
type Checkpoint = z.output<typeof Checkpoint>;

export interface Removal {
  /** Id of the job that reported. */
  readonly report: string;
  readonly maxPercent: number;
}

export async function removeStale(context: JobContext, removal: Removal): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const report = await getReport(context, removal.report, stored === undefined);
  if (stored === undefined) refuseTooMany(report, removal);
  const { targets, olderThanDays } = report;
  let spared = stored?.spared ?? [];
  const work = await workThrough(context, resumeWork(stored?.work, context.run, targets.length), {
    unit: 'computers',
    checkpointOf: (next): Checkpoint => ({ work: next, spared }),
    async perform(item) {
      const gone = await removeIfStale(context, targets[item] ?? '', olderThanDays);
      if (!gone) spared = [...spared, item];
    },
  });
  const failure = findTotalFailure(work, targets.length);
  if (failure) throw failure;
  return endOfRemoval(context, removal, targets, { work, spared });
}

function refuseTooMany({ targets, computers }: StaleReport, { maxPercent }: Removal): void {
  const percent = computers === 0 ? 0 : (100 * targets.length) / computers;
  if (percent <= maxPercent) return;
  const share = `${targets.length} of ${computers} computers (${percent.toFixed(1)} %)`;
  const problem = `allows ${maxPercent} %, and the report lists ${share}: nothing was removed`;
  throw new SluiceError('job.refused', `maxPercent ${problem}`, {
    fields: [{ field: 'params.remove.maxPercent', problem }],
  });
}

/** Answers false where the computer was seen since. One that is not there is what was wanted. */
async function removeIfStale(
  context: JobContext,
  guid: string,
  olderThanDays: number,
): Promise<boolean> {
  const path = { guid };
  try {
    const look = { operation: operations.getComputer, key: `look-${guid}`, path };
    const computer = readComputer(dataOf((await context.call(look)).body) ?? {});
    if (!isStale(computer, olderThanDays, context.nowMs())) return false;
    await context.call({ operation: operations.deleteComputer, key: `delete-${guid}`, path });
  } catch (error) {
    if (!(error instanceof ProviderError && error.code === 'provider.not-found')) throw error;
  }
  return true;
}

function endOfRemoval(
  { observing }: JobContext,
  { report }: Removal,
  targets: readonly string[],
  { work, spared }: Checkpoint,
): JobEnd {
  const guidsOf = (items: readonly number[]) => items.map((item) => targets[item] ?? '');
  const refused = failedItems(work).length;
  const removed = targets.length - refused - spared.length;
  const summary = [
    `${observing ? 'would remove' : 'removed'} ${count(removed, 'computer')}`,
    ...(spared.length > 0 ? [`${spared.length} seen again since the report and spared`] : []),
    ...(refused > 0 ? [`${refused} failed`] : []),
  ].join(', ');
  const failed = work.failed.map(({ items, code, problem }) => ({
    code,
    problem,
    computers: guidsOf(items),
  }));
  const data = { report, computers: targets.length, removed, spared: guidsOf(spared), failed };
  return { status: refused === 0 ? 'succeeded' : 'partial', summary, data };
}
