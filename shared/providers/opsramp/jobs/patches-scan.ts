/**
 * `opsramp.patches.scan`: runs a compliance job, which looks for missing patches, and follows it.
 *
 * A scan is over on a resource once its last scan is another one than before.
 */
import * as z from 'zod';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { patchRunFields, patchRunJob } from './patch-run.ts';
import { readStatus, stateIn, textIn } from './resource-status.ts';

export const PatchesScanParams = z.strictObject({
  complianceId: Id.describe('The compliance job.'),
  ...patchRunFields,
});
export type PatchesScanParams = z.output<typeof PatchesScanParams>;

export const patchesScan = patchRunJob<PatchesScanParams>({
  type: 'opsramp.patches.scan',
  description: 'Runs a patch compliance scan, and follows it on the resources that are named.',
  params: PatchesScanParams,
  example: {
    complianceId: 'PATCHCOMP-1',
    resources: ['0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e'],
    followMinutes: 60,
  },
  operations: [operations.runCompliance, operations.getScanStatus],
  calls: 'one; for each followed resource one before and one a minute until it is over',
  runOf: (context, { complianceId }) => ({
    what: `scan ${complianceId}`,
    call: { operation: operations.runCompliance, path: { id: complianceId } },
    noteOf: async (resource) => scannedAt(await scanOf(context, resource)),
    async lookAt(resource, noted) {
      const scan = await scanOf(context, resource);
      const status = stateIn(scan, 'lastPatchScanStatus');
      const isOver = scannedAt(scan) !== '' && scannedAt(scan) !== noted;
      if (!isOver || ['pending', 'inprogress'].includes(status)) return undefined;
      return { ok: status !== 'failed', row: { resource, ...scan } };
    },
  }),
});

const scanOf = (context: JobContext, resource: string): Promise<JsonObject> =>
  readStatus(context, operations.getScanStatus, resource, 'scanStatus');

const scannedAt = (scan: JsonObject): string => textIn(scan, 'lastPatchScanDate');
