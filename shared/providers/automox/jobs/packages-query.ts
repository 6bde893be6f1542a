/**
 * `automox.packages.query`: the packages of one device or of all devices of the organization, one
 * NDJSON row each, with the name of their patch classification.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { flag, Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { listRows } from './list-rows.ts';
import { CLASSIFICATIONS, classificationOf } from './patch-classification.ts';

export const PackagesQueryParams = z
  .strictObject({
    deviceId: Id.optional().describe('Of this device; default all devices of the organization.'),
    awaiting: z.boolean().optional().describe('Of the organization: only those to be installed.'),
    includeUnmanaged: z
      .boolean()
      .optional()
      .describe('Of the organization: also what Automox does not manage.'),
    missing: z.boolean().optional().describe('Neither installed nor ignored; false the others.'),
    classifications: z
      .array(z.enum(CLASSIFICATIONS))
      .min(1)
      .optional()
      .describe('Only of these patch classifications.'),
  })
  .refine(
    ({ deviceId, awaiting, includeUnmanaged }) =>
      deviceId === undefined || (awaiting ?? includeUnmanaged) === undefined,
    {
      path: ['deviceId'],
      error: 'cannot be asked for together with awaiting or includeUnmanaged',
    },
  );
export type PackagesQueryParams = z.output<typeof PackagesQueryParams>;

export const packagesQuery: JobType<PackagesQueryParams> = {
  type: 'automox.packages.query',
  provider: 'automox',
  description: 'Lists the packages of a device or of the organization, as NDJSON.',
  params: PackagesQueryParams,
  example: { deviceId: 1840112, missing: true, classifications: ['Critical Updates'] },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.listServerPackages, operations.listPackages],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: queryPackages,
};

function queryPackages(context: JobContext, params: PackagesQueryParams): Promise<JobEnd> {
  return listRows(context, listOf(context, params), {
    thing: 'package',
    pick: (row) => pickPackage(row, params),
  });
}

function listOf(context: JobContext, params: PackagesQueryParams) {
  const { deviceId, awaiting, includeUnmanaged } = params;
  if (deviceId !== undefined) {
    return { operation: operations.listServerPackages, key: 'page', path: { id: deviceId } };
  }
  return {
    operation: operations.listPackages,
    key: 'page',
    path: { orgId: organizationOf(context.account) },
    query: { awaiting: flag(awaiting), includeUnmanaged: flag(includeUnmanaged) },
  };
}

/** source: 'Automox console API, OpenAPI description': a missing patch is neither of both. */
function pickPackage(
  row: JsonObject,
  { missing, classifications }: PackagesQueryParams,
): Json | undefined {
  const classification = classificationOf(row['patch_classification_category_id']);
  const isMissing = row['installed'] !== true && row['ignored'] !== true;
  if (missing !== undefined && missing !== isMissing) return undefined;
  if (classifications && !classifications.some((it) => it === classification)) return undefined;
  return { ...row, patch_classification: classification ?? null };
}
