/**
 * Reports: one object each, not the array that the vendor describes. They page by `offset`, and their
 * `total` counts the page and not the fleet.
 */
import { jsonResponse } from '../frame/wire.ts';
import { type AutomoxRoute, type OrgCall, orgRoute, parseInteger } from './org-route.ts';
import { parsePage } from './paging.ts';
import type { Device, World } from './world.ts';

const REPORT_PAGE = { limitDefault: 250 };

export const reportRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/reports/prepatch', (call) => {
    const devices = reportPage(call, (device) => device.patches > 0);
    const of = (severity: string): number =>
      devices.filter((device) => severityOf(device) === severity).length;
    return jsonResponse(200, {
      prepatch: {
        total: devices.length,
        needsAttention: devices.filter((device) => device.needs_reboot).length,
        none: of('none'),
        low: of('low'),
        medium: of('medium'),
        high: of('high'),
        critical: of('critical'),
        no_known_cves: 0,
        unknown: 0,
        devices: devices.map((device) => ({
          ...rowOf(device),
          patches: [{ name: 'Package 1', severity: severityOf(device), cve: cveOf(device) }],
        })),
      },
    });
  }),
  orgRoute(world, 'GET', '/reports/needs-attention', (call) => {
    const devices = reportPage(call, (device) => !device.compliant);
    return jsonResponse(200, {
      nonCompliant: { total: devices.length, devices: devices.map(rowOf) },
    });
  }),
];

function reportPage({ org, query }: OrgCall, holds: (device: Device) => boolean): Device[] {
  const groupId = parseInteger(query, 'groupId');
  const { limit } = parsePage(query, REPORT_PAGE);
  const offset = parseInteger(query, 'offset') ?? 0;
  return [...org.devices.values()]
    .filter((device) => groupId === undefined || device.server_group_id === groupId)
    .filter(holds)
    .slice(offset, offset + limit);
}

const rowOf = ({ id, name, server_group_id, connected, needs_reboot, os_family }: Device) => ({
  id,
  name,
  groupId: server_group_id,
  connected,
  needsReboot: needs_reboot,
  os_family,
});

const severityOf = ({ patches }: Device): string =>
  ['critical', 'high', 'medium', 'low', 'none'][patches % 5] ?? 'none';

/** Null, text or an array. */
const cveOf = ({ id }: Device): null | string | readonly string[] =>
  [null, 'CVE-2025-0001', ['CVE-2025-0001', 'CVE-2025-0002']][id % 3] ?? null;
