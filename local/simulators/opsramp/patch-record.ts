/** Patches: what each resource misses or has, and how the last scan and installation went. */
import type { Random } from '../../../shared/kernel/random.ts';
import { pick } from '../frame/sampling.ts';
import { plainDate, zonedDate } from './dates.ts';
import type { Resource, Tenant } from './world.ts';

export interface PatchRow {
  approvalStatus: 'APPROVED' | 'NOT_APPROVED';
  patchStatus: 'MISSING' | 'INSTALLED';
  installedStatus: 'NEED_TO_INSTALL' | 'INPROGRESS' | 'COMPLETED' | 'FAILED' | 'EXCLUDED';
  /** Null when the agent never ran it, `0x0` when it went well, another hexadecimal otherwise. */
  installedResult: string | null;
  scanTime: string;
  installedTime: string;
  readonly patch: {
    readonly id: string;
    readonly name: string;
    readonly externalId: string;
    readonly category: string;
    readonly type: string;
    readonly rebootRequired: boolean;
    readonly rating: { readonly name: string };
  };
  readonly resource: { readonly id: string; readonly hostName: string; readonly type: string };
}

export interface PatchRecord {
  readonly scanStatus: {
    lastPatchScanDate: string;
    lastPatchScanStatus: 'success' | 'failed' | 'inprogress' | 'pending';
    missingPatchesBeforeScan: number;
    missingPatchesAfterScan: number;
    noOfMissingPatchesFoundInLastScan: number;
  };
  readonly installStatus: {
    lastPatchTriggeredDate: string;
    lastPatchInstalledDate: string;
    lastMachineRebootDate: string;
  };
}

const CATEGORIES = ['CRITICAL', 'SECURITY', 'OPTIONAL'];
const PATCHES_EACH = 4;

export function addPatches(tenant: Tenant, random: Random, bornAtMs: number): void {
  for (const resource of tenant.resources.values()) {
    if (!resource.agentInstalled) continue;
    const rows = Array.from({ length: PATCHES_EACH }, (_, index) =>
      createPatch(resource, { number: index + 1, installed: random() < 0.4, random, bornAtMs }),
    );
    tenant.patches.set(resource.id, rows);
    const missing = missingOf(tenant, resource.id).length;
    tenant.patchRecords.set(resource.id, {
      scanStatus: {
        lastPatchScanDate: zonedDate(bornAtMs),
        lastPatchScanStatus: 'success',
        missingPatchesBeforeScan: missing,
        missingPatchesAfterScan: missing,
        noOfMissingPatchesFoundInLastScan: 0,
      },
      installStatus: {
        lastPatchTriggeredDate: '',
        lastPatchInstalledDate: '',
        lastMachineRebootDate: zonedDate(bornAtMs),
      },
    });
  }
}

interface PatchPlan {
  readonly number: number;
  readonly installed: boolean;
  readonly random: Random;
  readonly bornAtMs: number;
}

function createPatch(
  { id, hostName, type }: Resource,
  { number, installed, random, bornAtMs }: PatchPlan,
): PatchRow {
  return {
    approvalStatus: 'NOT_APPROVED',
    patchStatus: installed ? 'INSTALLED' : 'MISSING',
    installedStatus: installed ? 'COMPLETED' : 'NEED_TO_INSTALL',
    installedResult: installed ? '0x0' : null,
    scanTime: plainDate(bornAtMs),
    installedTime: installed ? plainDate(bornAtMs) : '',
    patch: {
      id: `PATCH-${String(number).padStart(8, '0')}`,
      name: `KB50${31_400 + number}`,
      externalId: `external-${number}`,
      category: pick(random, CATEGORIES),
      type: 'OS',
      rebootRequired: number % 2 === 0,
      rating: { name: 'Important' },
    },
    resource: { id, hostName, type },
  };
}

export const patchesOf = ({ patches }: Tenant, resourceId: string): readonly PatchRow[] =>
  patches.get(resourceId) ?? [];

export const missingOf = (tenant: Tenant, resourceId: string): PatchRow[] =>
  patchesOf(tenant, resourceId).filter(({ patchStatus }) => patchStatus === 'MISSING');
