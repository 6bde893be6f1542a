import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { zonedDate } from './dates.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { createResource } from './fleet.ts';
import {
  has,
  parsePositive,
  type Search,
  searchPage,
  selectRows,
  since,
  until,
} from './listing.ts';
import { parseQueryString } from './query-string.ts';
import {
  getNamed,
  isText,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  parseOptionalBody,
  startUnready,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Resource, World } from './world.ts';

const SEARCH: Search<Resource> = {
  keys: {
    ...Object.fromEntries(
      ['hostName', 'dnsName', 'resourceName', 'aliasName', 'id', 'serialNumber', 'ipAddress'].map(
        (name) => [name, has(name)],
      ),
    ),
    ...Object.fromEntries(['type', 'deviceType', 'resourceType'].map((name) => [name, has(name)])),
    state: (row, values) => values.includes('all') || has('state')(row, values),
    startCreationDate: since('createdDate'),
    endCreationDate: until('createdDate'),
  },
};

/** What an update may change. */
const CHANGEABLE = [
  ...(['hostName', 'resourceName', 'aliasName', 'name', 'ipAddress', 'serialNumber'] as const),
  ...(['resourceType', 'description', 'extResourceId'] as const),
];

export const resourceRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/resources/search', (call) =>
    searchPage(call, call.tenant.resources.values(), SEARCH),
  ),
  tenantRoute(world, 'GET', '/resources/minimal', (call) => {
    const query = parseQueryString(call.query, Object.keys(SEARCH.keys));
    const rows = selectRows(call.tenant.resources.values(), SEARCH, query);
    return jsonResponse(
      200,
      rows.map(({ id, name, hostName, resourceType, type }) => ({
        ...{ id, name, hostName, resourceType, type },
      })),
    );
  }),
  tenantRoute(world, 'POST', '/resources', create),
  tenantRoute(world, 'GET', '/resources/:id', (call) =>
    jsonResponse(200, detailOf(getNamed(call, call.tenant.resources))),
  ),
  tenantRoute(world, 'POST', '/resources/:id', (call) => {
    change(call, parseChange(call));
    return emptyResponse(200);
  }),
  tenantRoute(world, 'DELETE', '/resources/:id', (call) => {
    call.tenant.resources.delete(getNamed(call, call.tenant.resources).id);
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', '/resources/:id/decommission', (call) => {
    parseOptionalBody(call);
    change(call, { state: 'inactive' });
    return emptyResponse(200);
  }),
  tenantRoute(world, 'GET', '/resources/:id/availability', availability),
  tenantRoute(world, 'GET', '/resources/:id/applications', (call) => {
    const { osName } = getNamed(call, call.tenant.resources);
    const names = osName.startsWith('Windows') ? ['IIS', 'MSSQL'] : ['nginx'];
    return jsonResponse(
      200,
      names.map((name) => ({ name, version: '1.0', status: 'UP' })),
    );
  }),
];

/** Nothing is unique: the same body twice makes two resources. */
function create(call: TenantCall) {
  const { world, tenant, nowMs, wrote } = call;
  const body = parseBody(call);
  refuseIfAny(missingTexts(body, 'hostName', 'resourceType'));
  const id = world.nextUuid();
  const now = zonedDate(nowMs);
  const bare = createResource(tenant, { id, host: String(body['hostName']), bornDate: now });
  tenant.resources.set(id, { ...bare, ...changeOf(body) });
  startUnready(world, id);
  wrote(1);
  return jsonResponse(200, { resourceUUID: id, tenantID: tenant.uuid });
}

function parseChange(call: TenantCall): Partial<Resource> {
  const changed = changeOf(parseBody(call));
  refuseIfAny(Object.keys(changed).length === 0 ? { body: 'nothing in it can be updated' } : {});
  return changed;
}

const changeOf = (body: Readonly<Record<string, unknown>>): Partial<Resource> =>
  Object.fromEntries(
    CHANGEABLE.flatMap((name) => {
      const value = body[name];
      return isText(value) || value === '' ? [[name, value]] : [];
    }),
  );

function change(call: TenantCall, changed: Partial<Resource>): void {
  const resource = getNamed(call, call.tenant.resources);
  Object.assign(resource, changed, { updatedDate: zonedDate(call.nowMs) });
  call.wrote(1);
}

/** Alone, a resource has its names one level deeper than in a search. */
export function detailOf({ id, type, client, state, tags, location, ...rest }: Resource): object {
  const { createdDate, updatedDate, ipAddress, ...names } = rest;
  const generalInfo = { ...names, ipAddresses: ipAddress };
  const clientUniqueId = client.uniqueId;
  const shown = { id, type, clientUniqueId, client, state, tags, location };
  return { ...shown, generalInfo, createdDate, updatedDate };
}

/** Epoch seconds, both required. */
function availability(call: TenantCall) {
  const { id, state } = getNamed(call, call.tenant.resources);
  const startTime = parsePositive(call.query, 'startTime');
  const endTime = parsePositive(call.query, 'endTime');
  if (startTime === undefined || endTime === undefined) {
    return fieldErrors({ startTime: 'startTime and endTime are mandatory' });
  }
  const availabilityPercent = state === 'active' ? '100.0' : '0.0';
  return jsonResponse(200, { id, startTime, endTime, availability: availabilityPercent });
}
