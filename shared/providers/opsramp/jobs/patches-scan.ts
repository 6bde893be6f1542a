/**
 * `opsramp.patches.scan`: runs a compliance job, which looks for missing patches, and follows it.
 *
 * A scan is over on a resource once its last scan is another one than before.
 */
import * as z from 'zod';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { FollowMinutes, type Found, followRun, type Ran } from './follow-run.ts';
import { FollowedResources, readStatus, textIn } from './resource-status.ts';

export const PatchesScanParams = z.strictObject({
  complianceId: Id.describe('The compliance job.'),
  resources: FollowedResources,
  followMinutes: FollowMinutes,
});
export type PatchesScanParams = z.output<typeof PatchesScanParams>;

export const patchesScan: JobType<PatchesScanParams> = {
  type: 'opsramp.patches.scan',
  provider: 'opsramp',
  description: 'Runs a patch compliance scan, and follows it on the resources that are named.',
  params: PatchesScanParams,
  example: {
    complianceId: 'PATCHCOMP-1',
    resources: ['0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e'],
    followMinutes: 60,
  },
  budget: 'other.write',
  shards: 1,
  cost: {
    operations: [operations.runCompliance, operations.getScanStatus],
    calls: 'one; for each followed resource one before and one a minute until it is over',
  },
  execute: (context, { complianceId, resources = [], followMinutes }) =>
    followRun(context, {
      what: `scan ${complianceId}`,
      thing: 'resource',
      call: { operation: operations.runCompliance, key: 'run', path: { id: complianceId } },
      targets: resources.map(String),
      followMinutes,
      noteOf: async (resource) => textIn(await scanOf(context, resource), 'lastPatchScanDate'),
      look: (open, ran) => lookAtScans(context, open, ran),
    }),
};

const scanOf = (context: JobContext, resource: string) =>
  readStatus(context, operations.getScanStatus, resource, 'scanStatus');

async function lookAtScans(
  context: JobContext,
  open: readonly string[],
  { noted }: Ran,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const target of open) {
    const scan = await scanOf(context, target);
    const status = textIn(scan, 'lastPatchScanStatus').toLowerCase();
    const date = textIn(scan, 'lastPatchScanDate');
    const isOver = date !== '' && date !== noted[target];
    if (!isOver || ['pending', 'inprogress'].includes(status)) continue;
    found.push({ target, ok: status !== 'failed', row: { resource: target, ...scan } });
  }
  return found;
}
