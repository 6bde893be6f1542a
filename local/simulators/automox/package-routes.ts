/** Packages of a device and of an organization, derived from the device so that none are stored. */
import { jsonResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, orgRoute, parseFlag } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import { getDevice } from './server-routes.ts';
import type { Device, World } from './world.ts';

/** An open set: critical, definition, security and rollup updates among others, or unknown. */
const CATEGORIES = [3, 4, 8, 11, null];
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'none', 'no_known_cves', 'unknown'];

export const packageRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/servers/:id/packages', (call) =>
    jsonResponse(200, pageOf(packagesOf(getDevice(call)), parsePage(call.query))),
  ),
  orgRoute(world, 'GET', '/orgs/:orgId/packages', ({ org, params, query }) => {
    if (Number(params['orgId']) !== org.id) refuse(errorTexts(403, 'Not your organization'));
    const awaiting = parseFlag(query, 'awaiting') ?? false;
    const unmanaged = parseFlag(query, 'includeUnmanaged') ?? true;
    const page = parsePage(query);
    const rows = [...org.devices.values()]
      .filter((device) => unmanaged || device.is_managed)
      .flatMap(packagesOf)
      .filter(({ installed, ignored }) => !awaiting || (!installed && !ignored));
    return jsonResponse(200, pageOf(rows, page));
  }),
];

interface PackageRow {
  readonly id: number;
  readonly installed: boolean;
  readonly ignored: boolean;
}

/** As many missing ones as the device says, and four that are installed. */
function packagesOf(device: Device): PackageRow[] {
  return Array.from({ length: device.patches + 4 }, (_, index) => {
    const number = (device.id * 31 + index * 17) % 400;
    return {
      id: device.id * 100 + index,
      server_id: device.id,
      package_id: 50_000 + number,
      software_id: 7_000 + number,
      organization_id: device.organization_id,
      name: `package-${number}`,
      display_name: `Package ${number}`,
      version: `${number % 9}.${index}`,
      repo: device.os_family === 'Windows' ? 'WindowsUpdate' : '',
      installed: index >= device.patches,
      ignored: false,
      group_ignored: null,
      severity: SEVERITIES[number % SEVERITIES.length],
      cves: number % 3 === 0 ? ['CVE-2025-0001'] : null,
      cve_score: number % 3 === 0 ? '7.5' : null,
      patch_classification_category_id: CATEGORIES[number % CATEGORIES.length],
      is_managed: device.is_managed,
    };
  });
}
