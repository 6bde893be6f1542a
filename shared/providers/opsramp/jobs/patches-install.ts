/**
 * `opsramp.patches.install`: runs a patch configuration, which installs what is approved and missing,
 * and follows it.
 *
 * An installation is over on a resource once it was triggered anew and no approved patch is waiting or
 * under way there; approved patches that failed are in its row.
 */
import * as z from 'zod';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { findListed } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { patchRunFields, patchRunJob } from './patch-run.ts';
import { readStatus, stateIn, textIn } from './resource-status.ts';

export const PatchesInstallParams = z.strictObject({
  configurationId: Id.describe('The patch configuration.'),
  reason: z.string().min(1).max(1_000).describe('Why, for the people who read the log.'),
  ...patchRunFields,
});
export type PatchesInstallParams = z.output<typeof PatchesInstallParams>;

export const patchesInstall = patchRunJob<PatchesInstallParams>({
  type: 'opsramp.patches.install',
  description: 'Runs a patch configuration, and follows it on the resources that are named.',
  params: PatchesInstallParams,
  example: {
    configurationId: 'PATCHCONF-42',
    reason: 'March window',
    resources: ['0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e'],
    followMinutes: 240,
  },
  operations: [
    operations.runPatchConfiguration,
    operations.getInstallStatus,
    operations.searchPatches,
  ],
  calls: 'one; for each followed resource one before and two a minute until it is over',
  runOf: (context, { configurationId, reason }) => ({
    what: `patch configuration ${configurationId}`,
    call: {
      operation: operations.runPatchConfiguration,
      path: { id: configurationId },
      body: { reason },
    },
    noteOf: (resource) => triggeredAt(context, resource),
    async lookAt(resource, noted) {
      const triggered = await triggeredAt(context, resource);
      if (triggered === '' || triggered === noted) return undefined;
      const approved = await approvedPatches(context, resource);
      if (approved.some(isUnderWay)) return undefined;
      const failed = approved.filter(hasFailed);
      const row = { resource, approved: approved.length, failed: failed.map(shownOf) };
      return { ok: failed.length === 0, row };
    },
  }),
});

const triggeredAt = async (context: JobContext, resource: string): Promise<string> => {
  const status = await readStatus(context, operations.getInstallStatus, resource, 'installStatus');
  return textIn(status, 'lastPatchTriggeredDate');
};

const approvedPatches = (context: JobContext, resource: string): Promise<JsonObject[]> =>
  findListed(
    context,
    {
      operation: operations.searchPatches,
      key: `patches-${resource}`,
      queryString: `resourceUUID:${resource}+approvalStatus:APPROVED`,
      // Rows of one resource: each patch is there once, and its own id is inside of it.
      idField: 'id',
    },
    (row) => stateIn(row, 'approvalStatus') === 'approved',
  );

const isUnderWay = (row: JsonObject): boolean =>
  ['inprogress', 'needtoinstall'].includes(stateIn(row, 'installedStatus'));

/** The code of the agent counts as well: null where it never ran, 0x0 where all is well. */
const hasFailed = (row: JsonObject): boolean =>
  stateIn(row, 'installedStatus') === 'failed' ||
  /^0x0*[1-9a-f]/i.test(textIn(row, 'installedResult'));

const shownOf = (row: JsonObject): JsonObject => {
  const patch = isJsonObject(row['patch']) ? row['patch'] : {};
  return {
    id: patch['id'] ?? null,
    name: patch['name'] ?? null,
    result: row['installedResult'] ?? null,
  };
};
