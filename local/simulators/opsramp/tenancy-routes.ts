/** Clients of a partner, users, roles and notes. */
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors, refuse, refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import {
  getNamed,
  isText,
  missingTexts,
  notFound,
  type OpsRampRoute,
  parseBody,
  parseOptionalBody,
  parseRows,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Tenant, World } from './world.ts';

const CLIENT_STATES: Readonly<Record<string, Tenant['state']>> = {
  activate: 'active',
  suspend: 'suspended',
  terminate: 'deactivated',
};

export const tenancyRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '', ({ tenant }) => jsonResponse(200, tenantRow(tenant))),
  tenantRoute(world, 'GET', '/clients/search', (call) =>
    searchPage(call, clientsOf(call).map(tenantRow), {
      keys: { name: has('name'), uniqueId: has('uniqueId') },
      sortName: 'uniqueId',
    }),
  ),
  tenantRoute(world, 'GET', '/clients/minimal', (call) =>
    jsonResponse(
      200,
      clientsOf(call).map(({ uniqueId, name }) => ({ uniqueId, name })),
    ),
  ),
  tenantRoute(world, 'POST', '/clients/:clientId/:action', (call) => {
    const client = clientsOf(call).find(({ uniqueId }) => uniqueId === call.params['clientId']);
    const state = CLIENT_STATES[call.params['action'] ?? ''];
    if (client === undefined) return notFound(world, 'clientId');
    if (state === undefined) return fieldErrors({ action: 'is not known' });
    client.state = state;
    call.wrote(1);
    return emptyResponse(200);
  }),
  ...(['users', 'roles'] as const).map((shelf) =>
    tenantRoute(world, 'GET', `/${shelf}/search`, (call) =>
      searchPage(call, call.tenant.shelves[shelf].values(), {
        keys: { loginName: has('loginName'), name: has('name'), status: has('status') },
      }),
    ),
  ),
  ...['POST', 'DELETE'].map((method) =>
    tenantRoute(world, method, '/userGroups/:id/users', changeMembers),
  ),
  tenantRoute(world, 'POST', '/users/:id/:action', (call) => {
    const user = getNamed(call, call.tenant.shelves.users);
    const { action } = call.params;
    const isDeactivate = action === 'deactivate';
    if (!isDeactivate && action !== 'activate') return fieldErrors({ action: 'is not known' });
    const body = parseOptionalBody(call);
    refuseIfAny(isDeactivate ? missingTexts(body, 'deactivateReason') : {});
    user['status'] = isDeactivate ? 'Inactive' : 'Active';
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', '/notes', createNote),
];

const tenantRow = ({ uniqueId, uuid, name, state }: Tenant): object => ({
  uniqueId,
  id: uuid,
  name,
  activated: state === 'active',
});

const clientsOf = ({ world, tenant }: TenantCall): Tenant[] =>
  [...world.tenants.values()].filter(({ partner }) => partner === tenant.uniqueId);

function changeMembers(call: TenantCall): WireResponse {
  const { tenant, method, wrote } = call;
  const group = getNamed(call, tenant.shelves.userGroups);
  const ids = parseRows(call).map(({ id }) => String(id));
  if (!ids.every((id) => tenant.shelves.users.has(id))) {
    return refuse(notFound(call.world, 'user'));
  }
  const rest = (group['users'] as readonly string[]).filter((id) => !ids.includes(id));
  group['users'] = method === 'DELETE' ? rest : [...rest, ...ids];
  wrote(ids.length);
  return emptyResponse(200);
}

/** A note that expires needs its times. */
function createNote(call: TenantCall): WireResponse {
  const body = parseBody(call);
  const needsTimes = body['expiryDateType'] === 2;
  const hasTimes = isText(body['startTime']) && isText(body['expiryTime']);
  refuseIfAny({
    ...missingTexts(body, 'subject', 'description'),
    ...(needsTimes && !hasTimes ? { expiryTime: 'startTime and expiryTime are mandatory' } : {}),
  });
  const id = String(call.world.nextId());
  const note = { ...body, id };
  call.tenant.shelves.notes.set(id, note);
  call.wrote(1);
  return jsonResponse(200, note);
}
