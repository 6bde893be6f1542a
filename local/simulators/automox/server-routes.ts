import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { errorFields, errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, isTexts, type OrgCall, orgRoute, parseBody } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import { FULL_ROW, parseRowOptions, selectServers, serverRow } from './server-listing.ts';
import { type Device, recordEvent, type World } from './world.ts';

export const serverRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/servers', ({ org, query }) => {
    const page = parsePage(query, { required: true });
    const options = parseRowOptions(query);
    const selected = selectServers(org, query);
    const rows = pageOf(selected, page).map((device) => ({
      ...serverRow(org, device, options),
      total_count: selected.length,
    }));
    return jsonResponse(200, rows);
  }),
  orgRoute(world, 'GET', '/servers/:id', (call) =>
    jsonResponse(200, serverRow(call.org, getDevice(call), FULL_ROW)),
  ),
  orgRoute(world, 'PUT', '/servers/:id', (call) => {
    Object.assign(getDevice(call), parseDeviceChange(call));
    call.wrote(1);
    return emptyResponse(204);
  }),
  orgRoute(world, 'DELETE', '/servers/:id', (call) => {
    const { org, nowMs, wrote } = call;
    const { id } = getDevice(call);
    org.devices.delete(id);
    recordEvent(world, org, nowMs, { name: 'system.delete', server_id: id });
    wrote(1);
    return emptyResponse(204);
  }),
];

/** By id or by UUID. Throws Refusal with 404. */
export function getDevice({ org, params }: OrgCall): Device {
  const id = params['id'] ?? '';
  const device = /^\d+$/.test(id)
    ? org.devices.get(Number(id))
    : [...org.devices.values()].find(({ uuid }) => uuid === id);
  return device ?? refuse(errorTexts(404, 'Server not found'));
}

/** A change replaces: what the body leaves out is empty afterwards. Throws Refusal with 400. */
function parseDeviceChange(call: OrgCall): Partial<Device> {
  const body = parseBody(call);
  const { server_group_id, exception, tags = [], custom_name = null, ip_addrs = [] } = body;
  const problems: Record<string, string[]> = {};
  if (typeof server_group_id !== 'number' || !call.org.groups.has(server_group_id)) {
    problems['server_group_id'] = ['must be the id of a group'];
  }
  if (typeof exception !== 'boolean') problems['exception'] = ['is required and must be a boolean'];
  if (!isTexts(tags)) problems['tags'] = ['must be an array of strings'];
  if (custom_name !== null && typeof custom_name !== 'string') {
    problems['custom_name'] = ['must be a string'];
  }
  if (!isTexts(ip_addrs)) problems['ip_addrs'] = ['must be an array of strings'];
  if (Object.keys(problems).length > 0) refuse(errorFields(400, problems));
  return { server_group_id, exception, tags, custom_name, ip_addrs } as Partial<Device>;
}
