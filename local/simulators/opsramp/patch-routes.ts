/** Patches: approval, and how scans and installations went. */
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors, refuse } from './errors.ts';
import {
  has,
  type Matcher,
  pageOf,
  type Search,
  same,
  searchPage,
  since,
  until,
} from './listing.ts';
import { type PatchRecord, type PatchRow, patchesOf } from './patch-record.ts';
import { entityIds } from './run-records.ts';
import {
  getNamed,
  notFound,
  type OpsRampRoute,
  parseJsonBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const inPatch =
  (field: 'id' | 'name' | 'category'): Matcher<PatchRow> =>
  ({ patch }, values) =>
    values.some((value) => same(patch[field], value));

const SEARCH: Search<PatchRow> = {
  keys: {
    resourceUUID: ({ resource }, values) => values.includes(resource.id),
    patchStatus: has('patchStatus'),
    approvalStatus: has('approvalStatus'),
    installedStatus: has('installedStatus'),
    category: inPatch('category'),
    patchName: inPatch('name'),
    startScanTime: since('scanTime'),
    endScanTime: until('scanTime'),
    startInstalledTime: since('installedTime'),
    endInstalledTime: until('installedTime'),
  },
  sortName: 'name',
};

type Approval = PatchRow['approvalStatus'];

export const patchRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/resources/patches', (call) =>
    searchPage(call, [...call.tenant.patches.values()].flat(), SEARCH),
  ),
  tenantRoute(world, 'POST', '/resources/:id/patches/approve', approveMany('APPROVED')),
  tenantRoute(world, 'POST', '/resources/:id/patches/unapprove', approveMany('NOT_APPROVED')),
  tenantRoute(world, 'POST', '/resources/:id/patches/:patchId/APPROVE', approveOne('APPROVED')),
  tenantRoute(
    world,
    'POST',
    '/resources/:id/patches/:patchId/NOT_APPROVE',
    approveOne('NOT_APPROVED'),
  ),
  ...(['scan', 'install'] as const).flatMap((kind) => [
    tenantRoute(world, 'GET', `/resources/:id/patches/${kind}/status`, (call) => {
      const row = statusRow(call, getNamed(call, call.tenant.resources).id, kind);
      return row === undefined ? notFound(world, 'id') : jsonResponse(200, row);
    }),
    tenantRoute(world, 'GET', `/patches/:id/${kind}/status`, (call) => {
      const ids = entityIds(getPatchJob(call));
      const rows = ids.flatMap((id) => statusRow(call, id, kind) ?? []);
      return pageOf(call, rows, { keys: {}, sortName: 'name' });
    }),
  ]),
];

/** Ids that the resource does not have come back as invalid, inside a success. */
function approveMany(approval: Approval) {
  const counted = approval === 'APPROVED' ? 'approvedPatches' : 'unApprovedPatches';
  return (call: TenantCall): WireResponse => {
    const { id } = getNamed(call, call.tenant.resources);
    const given = parseJsonBody(call);
    if (!Array.isArray(given) || given.length === 0) {
      return refuse(fieldErrors({ body: 'must be an array of patch ids' }));
    }
    const rows = patchesOf(call.tenant, id);
    const known = rows.filter(({ patch }) => given.includes(patch.id));
    const invalidPatches = given.filter((one) => !rows.some(({ patch }) => patch.id === one));
    for (const row of known) row.approvalStatus = approval;
    call.wrote(known.length);
    return jsonResponse(200, {
      totalPatches: given.length,
      [counted]: known.length,
      invalidPatches,
    });
  };
}

const approveOne =
  (approval: Approval) =>
  (call: TenantCall): WireResponse => {
    const { id } = getNamed(call, call.tenant.resources);
    const row = patchesOf(call.tenant, id).find(({ patch }) => patch.id === call.params['patchId']);
    if (row === undefined) return notFound(call.world, 'patchId');
    row.approvalStatus = approval;
    call.wrote(1);
    return emptyResponse(200);
  };

function statusRow(
  { tenant }: TenantCall,
  resourceId: string,
  kind: 'scan' | 'install',
): object | undefined {
  const resource = tenant.resources.get(resourceId);
  const record = tenant.patchRecords.get(resourceId);
  if (resource === undefined || record === undefined) return undefined;
  const { id, osName, ipAddress, hostName, resourceType, resourceName, aliasName } = resource;
  const names = { osName, ipAddresses: ipAddress, hostName, resourceType, resourceName, aliasName };
  const device = { id, generalInfo: names, clientUniqueId: tenant.uniqueId, type: 'DEVICE' };
  return { device, ...shownOf(record, kind) };
}

const shownOf = ({ scanStatus, installStatus }: PatchRecord, kind: 'scan' | 'install'): object =>
  kind === 'scan' ? { scanStatus } : { installStatus };

/** A patch configuration, a compliance job, or an ordinary job. */
function getPatchJob({ world, tenant, params }: TenantCall): Row {
  const id = params['id'] ?? '';
  const { patchConfigurations, complianceJobs } = tenant.shelves;
  const job = patchConfigurations.get(id) ?? complianceJobs.get(id) ?? tenant.jobs.get(id);
  return job ?? refuse(notFound(world, 'id'));
}
