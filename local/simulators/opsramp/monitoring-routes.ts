/** Monitoring templates, and monitors of one's own. */
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors } from './errors.ts';
import { has, type Search, searchPage } from './listing.ts';
import {
  getNamed,
  isText,
  notFound,
  type OpsRampRoute,
  parseRows,
  requireReady,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const SEARCH: Search<Row> = {
  keys: { name: has('name'), scope: has('scope'), status: has('status') },
  show: ({ holders, ...row }) => row,
};

const OF_RESOURCE = '/resources/:id/templates';

export const monitoringRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/monitoring/templates/search', (call) =>
    searchPage(call, call.tenant.shelves.templates.values(), SEARCH),
  ),
  tenantRoute(world, 'GET', `${OF_RESOURCE}/search`, (call) => {
    const { id } = getNamed(call, call.tenant.resources);
    const rows = [...call.tenant.shelves.templates.values()];
    return searchPage(
      call,
      rows.filter((row) => holdersOf(row).has(id)),
      SEARCH,
    );
  }),
  ...['POST', 'DELETE'].map((method) => tenantRoute(world, method, OF_RESOURCE, assign)),
  tenantRoute(world, 'POST', '/resourceMonitors', (call) => {
    const rows = parseRows(call);
    const failedList = rows.filter(({ uuid, name }) => !isText(uuid) || !isText(name));
    const good = rows.filter((row) => !failedList.includes(row));
    const { monitors } = call.tenant.shelves;
    const updatedCount = good.filter(({ uuid }) => monitors.has(String(uuid))).length;
    for (const row of good) monitors.set(String(row['uuid']), row);
    call.wrote(good.length);
    const createdCount = good.length - updatedCount;
    return jsonResponse(200, {
      ...{ failedCount: failedList.length, failedList, updatedCount, createdCount },
    });
  }),
];

const holdersOf = (template: Row): Set<string> => template['holders'] as Set<string>;

/** Ids are texts here, and a resource that was just made may not be ready for it. */
function assign(call: TenantCall): WireResponse {
  const { world, tenant, method, wrote } = call;
  const { id } = getNamed(call, tenant.resources);
  requireReady(world, id);
  const given = parseRows(call).map((row) => row['id']);
  if (!given.every(isText)) return fieldErrors({ id: 'must be text' });
  const known = tenant.shelves.templates;
  const templates = given.map((one) => known.get(one)).filter((one) => one !== undefined);
  if (templates.length < given.length) return notFound(world, 'template');
  for (const template of templates) {
    if (method === 'DELETE') holdersOf(template).delete(id);
    else holdersOf(template).add(id);
  }
  wrote(templates.length);
  return emptyResponse(200);
}
