/** Patches of resources, approvals, and the configurations that scan and install. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { Fields, get, list, post, Text } from './rows.ts';

const RESOURCE = `${TENANT}/resources/{id}/patches`;
const CONFIGURATIONS = `${TENANT}/patches/configurations`;

export const PatchId = z.string().regex(/^[\w.:-]{1,128}$/, 'must be an id such as PATCH-…');

const PatchIds = z.array(PatchId).min(1).max(1_000);

const searchKeys = [
  ...['resourceUUID', 'patchStatus', 'approvalStatus', 'installedStatus', 'category', 'patchName'],
  ...['startScanTime', 'endScanTime', 'startInstalledTime', 'endInstalledTime'],
];

export const patching = {
  searchPatches: list('patches.search', `${TENANT}/resources/patches`, searchKeys),
  /** 200 also where it refused some of them: `invalidPatches`. */
  approvePatches: post('patches.approve', `${RESOURCE}/approve`, 'idempotent', PatchIds),
  unapprovePatches: post('patches.unapprove', `${RESOURCE}/unapprove`, 'idempotent', PatchIds),
  decideOnPatch: post(
    'patches.decide',
    `${RESOURCE}/{patchId}/{decision}`,
    'idempotent',
    undefined,
    {
      path: { decision: z.enum(['APPROVE', 'NOT_APPROVE']) },
    },
  ),
  createPatchConfiguration: post(
    'patches.configurations.create',
    CONFIGURATIONS,
    'reconcile',
    z.strictObject({
      patchConfigName: Text,
      description: Text.optional(),
      approvalType: Fields.optional(),
      rebootOptions: z
        .strictObject({
          rebootRequired: z.boolean().optional(),
          forceReboot: z.boolean().optional(),
        })
        .optional(),
      scheduleJob: Fields,
      enablePatching: z.boolean().optional(),
      maintenancePeriod: Fields.optional(),
    }),
  ),
  runPatchConfiguration: post(
    'patches.configurations.run',
    `${CONFIGURATIONS}/{id}/run`,
    'once',
    z.strictObject({ reason: Text }),
  ),
  runCompliance: post('patches.compliance.run', `${TENANT}/patches/compliance/{id}/run`, 'once'),
  getScanStatus: get('patches.scanStatus', `${RESOURCE}/scan/status`),
  getInstallStatus: get('patches.installStatus', `${RESOURCE}/install/status`),
  listJobScanStatus: list('patches.jobScanStatus', `${TENANT}/patches/{jobId}/scan/status`),
} as const;
