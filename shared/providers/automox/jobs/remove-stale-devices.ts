/** Removes the devices that a report of stale ones lists, each after a last look at it. */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { WorkList } from '../../../jobs/work-list.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { endOfIdWork, workThroughIds } from './device-work.ts';
import { getReport, isStale, type StaleReport } from './stale-devices.ts';

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
  let spared = stored?.spared ?? [];
  const work = await workThroughIds(context, {
    ids: report.targets,
    thing: 'device',
    stored: stored?.work,
    checkpointOf: (next): Checkpoint => ({ work: next, spared }),
    async perform(id, item) {
      const gone = await removeIfStale(context, id, report.olderThanDays).catch(assertGone);
      if (!gone) spared = [...spared, item];
    },
  });
  return endOfIdWork(work, {
    ids: report.targets,
    thing: 'device',
    did: context.observing ? 'would remove' : 'removed',
    unknown: 'it may or may not be removed',
    wellKey: 'removed',
    needless: { items: spared, why: 'seen again since the report and spared' },
    data: { report: removal.report, spared: spared.flatMap((item) => report.targets[item] ?? []) },
  });
}

function refuseTooMany({ targets, devices }: StaleReport, { maxPercent }: Removal): void {
  const percent = devices === 0 ? 0 : (100 * targets.length) / devices;
  if (percent <= maxPercent) return;
  const share = `${targets.length} of ${devices} devices (${percent.toFixed(1)} %)`;
  const problem = `allows ${maxPercent} %, and the report lists ${share}: nothing was removed`;
  throw new SluiceError('job.refused', `maxPercent ${problem}`, {
    fields: [{ field: 'params.remove.maxPercent', problem }],
  });
}

/** Answers false where the device was seen since. */
async function removeIfStale(
  context: JobContext,
  id: number,
  olderThanDays: number,
): Promise<boolean> {
  const path = { id };
  const { body } = await context.call({
    operation: operations.getServer,
    key: `read-${id}`,
    path,
  });
  const device = isJsonObject(body) ? body : {};
  if (!isStale(device, olderThanDays, context.nowMs())) return false;
  await context.call({ operation: operations.deleteServer, key: `delete-${id}`, path });
  return true;
}

/** A device that there is not is what was wanted, whoever removed it. */
function assertGone(error: unknown): true {
  if (error instanceof ProviderError && error.code === 'provider.not-found') return true;
  throw error;
}
