/**
 * `opsramp.patches.install`: runs a patch configuration, which installs what is approved and missing,
 * and follows it.
 *
 * An installation is over on a resource once it was triggered anew and no approved patch is waiting or
 * under way there; approved patches that failed are in its row.
 */
import * as z from 'zod';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { findListed } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { FollowMinutes, type Found, followRun, type Ran } from './follow-run.ts';
import { FollowedResources, readStatus, textIn } from './resource-status.ts';

export const PatchesInstallParams = z.strictObject({
  configurationId: Id.describe('The patch configuration.'),
  reason: z.string().min(1).max(1_000).describe('Why, for the people who read the log.'),
  resources: FollowedResources,
  followMinutes: FollowMinutes,
});
export type PatchesInstallParams = z.output<typeof PatchesInstallParams>;

export const patchesInstall: JobType<PatchesInstallParams> = {
  type: 'opsramp.patches.install',
  provider: 'opsramp',
  description: 'Runs a patch configuration, and follows it on the resources that are named.',
  params: PatchesInstallParams,
  example: {
    configurationId: 'PATCHCONF-42',
    reason: 'March window',
    resources: ['0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e'],
    followMinutes: 240,
  },
  budget: 'other.write',
  shards: 1,
  cost: {
    operations: [
      operations.runPatchConfiguration,
      operations.getInstallStatus,
      operations.searchPatches,
    ],
    calls: 'one; for each followed resource one before and two a minute until it is over',
  },
  execute: (context, { configurationId, reason, resources = [], followMinutes }) =>
    followRun(context, {
      what: `patch configuration ${configurationId}`,
      thing: 'resource',
      call: {
        operation: operations.runPatchConfiguration,
        key: 'run',
        path: { id: configurationId },
        body: { reason },
      },
      targets: resources.map(String),
      followMinutes,
      noteOf: (resource) => triggeredAt(context, resource),
      look: (open, ran) => lookAtInstallations(context, open, ran),
    }),
};

const triggeredAt = async (context: JobContext, resource: string): Promise<string> => {
  const status = await readStatus(context, operations.getInstallStatus, resource, 'installStatus');
  return textIn(status, 'lastPatchTriggeredDate');
};

async function lookAtInstallations(
  context: JobContext,
  open: readonly string[],
  { noted }: Ran,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const target of open) {
    const triggered = await triggeredAt(context, target);
    if (triggered === '' || triggered === noted[target]) continue;
    const approved = await approvedPatches(context, target);
    if (approved.some((row) => isUnderWay(textIn(row, 'installedStatus')))) continue;
    const failed = approved.filter((row) => textIn(row, 'installedStatus') === 'FAILED');
    const row = { resource: target, approved: approved.length, failed: failed.map(shownOf) };
    found.push({ target, ok: failed.length === 0, row });
  }
  return found;
}

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
    (row) => textIn(row, 'approvalStatus') === 'APPROVED',
  );

const isUnderWay = (status: string): boolean =>
  ['INPROGRESS', 'NEED_TO_INSTALL'].includes(status.toUpperCase());

const shownOf = (row: JsonObject): JsonObject => {
  const patch = isJsonObject(row['patch']) ? row['patch'] : {};
  return {
    id: patch['id'] ?? null,
    name: patch['name'] ?? null,
    // Null: the agent never ran it. 0x0 is fine, any other code is the failure.
    result: row['installedResult'] ?? null,
  };
};
