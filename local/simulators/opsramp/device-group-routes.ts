/** Device groups and custom attributes. */
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors, refuse, refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import { partialAnswer } from './partial-failure.ts';
import {
  getNamed,
  isRow,
  isText,
  missingTexts,
  notFound,
  type OpsRampRoute,
  parseBody,
  parseRows,
  requireReady,
  startUnready,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Resource, Row, World } from './world.ts';

export const deviceGroupRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'POST', '/deviceGroups', (call) =>
    jsonResponse(
      200,
      parseRows(call).map((row) => putGroup(call, row)),
    ),
  ),
  tenantRoute(world, 'GET', '/deviceGroups/minimal', (call) =>
    jsonResponse(
      200,
      [...call.tenant.shelves.deviceGroups.values()].map(({ id, name }) => ({ id, name })),
    ),
  ),
  ...['POST', 'DELETE'].map((method) =>
    tenantRoute(world, method, '/deviceGroups/:id/childs', changeChildren),
  ),
  tenantRoute(world, 'GET', '/customAttributes/search', (call) =>
    searchPage(call, call.tenant.shelves.customAttributes.values(), {
      keys: { name: has('name') },
    }),
  ),
  tenantRoute(world, 'POST', '/customAttributes', (call) => {
    const body = parseBody(call);
    refuseIfAny(missingTexts(body, 'name'));
    const id = String(world.nextId());
    const given = Array.isArray(body['customAttributeValues']) ? body['customAttributeValues'] : [];
    const values = given.filter(isRow).map((row) => ({ ...row, id: String(world.nextId()) }));
    const attribute = { id, name: body['name'], customAttributeValues: values };
    call.tenant.shelves.customAttributes.set(id, attribute);
    call.wrote(1);
    return jsonResponse(200, { id, name: body['name'] });
  }),
  ...['POST', 'DELETE'].map((method) =>
    tenantRoute(world, method, '/customAttributes/:id/values/:valueId/devices', tagDevices),
  ),
];

/** With an id an update. Names are unique, and a parent that was just made may not be ready. */
function putGroup(call: TenantCall, given: Row): Row {
  const { world, tenant, wrote } = call;
  const groups = tenant.shelves.deviceGroups;
  refuseIfAny(missingTexts(given, 'name'));
  const id = isText(given['id']) ? given['id'] : `DGP-${world.nextUuid()}`;
  const present = groups.get(id);
  if (isText(given['id']) && present === undefined) refuse(notFound(world, 'id'));
  const twin = [...groups.values()].find((row) => row['name'] === given['name']);
  if (twin !== undefined && twin['id'] !== id) refuse(fieldErrors({ name: 'is taken' }));
  const { parent } = given;
  if (isRow(parent)) {
    if (!groups.has(String(parent['id']))) refuse(notFound(world, 'parent'));
    requireReady(world, String(parent['id']));
  }
  const group = { entityType: 'DEVICE_GROUP', children: [], ...present, ...given, id };
  groups.set(id, group);
  if (present === undefined) startUnready(world, id);
  wrote(1);
  return group;
}

function changeChildren(call: TenantCall): WireResponse {
  const group = getNamed(call, call.tenant.shelves.deviceGroups);
  requireReady(call.world, String(group['id']));
  const ids = parseRows(call).map(({ id }) => id);
  const rest = (group['children'] as readonly unknown[]).filter((id) => !ids.includes(id));
  group['children'] = call.method === 'DELETE' ? rest : [...rest, ...ids];
  call.wrote(ids.length);
  return emptyResponse(200);
}

/** Gives a value of an attribute to devices, or takes it from them: it shows as a tag. */
function tagDevices(call: TenantCall): WireResponse {
  const { tenant, params, method, wrote } = call;
  const attribute = getNamed(call, tenant.shelves.customAttributes);
  const values = attribute['customAttributeValues'] as readonly Row[];
  const value = values.find(({ id }) => id === params['valueId']);
  if (value === undefined) return notFound(call.world, 'valueId');
  const ids = parseRows(call).map(({ id }) => String(id));
  const tag = { name: String(attribute['name']), value: String(value['value']) };
  const known = ids.flatMap((id) => tenant.resources.get(id) ?? []);
  for (const resource of known) retag(resource, tag, method === 'POST');
  const missing = ids.filter((id) => !tenant.resources.has(id));
  wrote(known.length);
  const failed = Object.fromEntries(missing.map((id) => [id, 'Device not found']));
  return partialAnswer(method, known.length, failed);
}

function retag(resource: Resource, tag: Resource['tags'][number], isWanted: boolean): void {
  const others = resource.tags.filter(
    ({ name, value }) => name !== tag.name || value !== tag.value,
  );
  resource.tags = isWanted ? [...others, tag] : others;
}
