/** What scanning and installing do to a tenant's patches, step by step on the clock. */
import { plainDate, zonedDate } from './dates.ts';
import { missingOf, type PatchRow, patchesOf } from './patch-record.ts';
import type { Tenant, World } from './world.ts';

export interface PatchWork {
  readonly world: World;
  readonly tenant: Tenant;
  readonly nowMs: number;
}

/** A scan is pending, then in progress, then over; one of a resource that is away fails. */
export function scanPatches({ world, tenant, nowMs }: PatchWork, ids: readonly string[]): void {
  const { patchStepMs } = world.settings;
  for (const id of ids) {
    const scan = tenant.patchRecords.get(id)?.scanStatus;
    if (scan === undefined) continue;
    scan.lastPatchScanStatus = 'pending';
    world.later.at(nowMs + patchStepMs, () => {
      scan.lastPatchScanStatus = 'inprogress';
    });
    world.later.at(nowMs + 2 * patchStepMs, (dueMs) => {
      const isThere = tenant.resources.get(id)?.state === 'active';
      const rows = patchesOf(tenant, id);
      for (const row of isThere ? rows : []) row.scanTime = plainDate(dueMs);
      scan.missingPatchesBeforeScan = scan.missingPatchesAfterScan;
      scan.missingPatchesAfterScan = missingOf(tenant, id).length;
      scan.lastPatchScanDate = zonedDate(dueMs);
      scan.lastPatchScanStatus = isThere ? 'success' : 'failed';
    });
  }
}

/** What is approved and missing is installed, or fails; on a resource that is away it waits. */
export function installPatches({ world, tenant, nowMs }: PatchWork, ids: readonly string[]): void {
  const { patchStepMs } = world.settings;
  for (const id of ids) {
    const record = tenant.patchRecords.get(id);
    if (record === undefined || tenant.resources.get(id)?.state !== 'active') continue;
    record.installStatus.lastPatchTriggeredDate = zonedDate(nowMs);
    const rows = missingOf(tenant, id).filter((row) => row.approvalStatus === 'APPROVED');
    world.later.at(nowMs + patchStepMs, () => {
      for (const row of rows) row.installedStatus = 'INPROGRESS';
    });
    world.later.at(nowMs + 2 * patchStepMs, (dueMs) => {
      for (const row of rows) finish(world, row, dueMs);
      if (rows.length > 0) record.installStatus.lastPatchInstalledDate = zonedDate(dueMs);
    });
  }
}

function finish({ random, settings }: World, row: PatchRow, dueMs: number): void {
  const fails = random() < settings.patchFailureShare;
  row.installedResult = fails ? '0x80070643' : '0x0';
  row.installedStatus = fails ? 'FAILED' : 'COMPLETED';
  if (fails) return;
  row.patchStatus = 'INSTALLED';
  row.installedTime = plainDate(dueMs);
}
