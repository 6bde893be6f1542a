/** Installed integrations and the events by which OpsRamp calls others. Their secrets show once. */
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { has, searchPage, since, until } from './listing.ts';
import {
  getNamed,
  isRow,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  requireReady,
  startUnready,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, Shelf, World } from './world.ts';

const INSTALLED = '/integrations/installed';
const ONE = `${INSTALLED}/:id`;
const ENTITIES = [
  ...['INCIDENT', 'SERVICEREQUEST', 'CHANGE', 'PROBLEM', 'TASK', 'ALERT', 'RESOURCE'],
];

export const integrationRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', `${INSTALLED}/search`, (call) =>
    searchPage(call, call.tenant.shelves.integrations.values(), {
      keys: { intgMode: has('intgMode'), displayName: has('displayName') },
      sortName: 'displayName',
      descending: false,
    }),
  ),
  tenantRoute(world, 'GET', '/integrations/activity', (call) =>
    searchPage(call, call.tenant.shelves.integrationActivity.values(), {
      keys: { status: has('status'), startTime: since('time'), endTime: until('time') },
      sortName: 'name',
      descending: false,
    }),
  ),
  tenantRoute(world, 'POST', '/integrations/install/CUSTOM', install),
  tenantRoute(world, 'POST', `${ONE}/event`, createEvent),
  tenantRoute(world, 'GET', `${ONE}/events`, (call) => {
    const { id } = getNamed(call, call.tenant.shelves.integrations);
    const events = [...call.tenant.shelves.integrationEvents.values()];
    return jsonResponse(
      200,
      events.filter(({ integrationId }) => integrationId === id),
    );
  }),
  tenantRoute(world, 'POST', `${ONE}/enable`, switchTo(true, 'integrations', 'id')),
  tenantRoute(world, 'POST', `${ONE}/disable`, switchTo(false, 'integrations', 'id')),
  ...([true, false] as const).map((on) =>
    tenantRoute(
      world,
      'POST',
      `${ONE}/event/:eventId/${on ? 'activate' : 'deactivate'}`,
      switchTo(on, 'integrationEvents', 'eventId'),
    ),
  ),
];

function install(call: TenantCall): WireResponse {
  const { world, tenant, wrote } = call;
  const body = parseBody(call);
  const inbound = isRow(body['inboundConfig']) ? body['inboundConfig'] : {};
  const { authType } = isRow(inbound['authentication']) ? inbound['authentication'] : {};
  refuseIfAny({
    ...missingTexts(body, 'displayName', 'category'),
    ...(authType === 'OAUTH2' || authType === 'WEBHOOK'
      ? {}
      : { 'inboundConfig.authentication.authType': 'must be OAUTH2 or WEBHOOK' }),
  });
  const id = `INTG-${world.nextUuid()}`;
  const { displayName, category } = body;
  const row = { id, displayName, category, intgMode: 'CUSTOM', enabled: true };
  tenant.shelves.integrations.set(id, row);
  startUnready(world, id);
  wrote(1);
  return jsonResponse(200, { ...row, ...secretsOf(world, tenant.uniqueId, authType) });
}

function secretsOf(world: World, tenantId: string, authType: unknown): Row {
  if (authType === 'OAUTH2') {
    return { apiKeyPairs: [{ key: world.nextUuid(), secret: world.nextUuid() }] };
  }
  const path = `/integrations/${tenantId}/webhook/alert`;
  return { webhookUrl: `https://api.opsramp.com${path}?vtoken=${world.nextUuid()}` };
}

function createEvent(call: TenantCall): WireResponse {
  const { world, tenant, wrote } = call;
  const integration = getNamed(call, tenant.shelves.integrations);
  requireReady(world, String(integration['id']));
  const body = parseBody(call);
  const isKnown = ENTITIES.includes(String(body['entity']));
  refuseIfAny({ ...missingTexts(body, 'name'), ...(isKnown ? {} : { entity: 'is not known' }) });
  const id = String(world.nextId());
  const event = { ...body, id, integrationId: integration['id'], enabled: true };
  tenant.shelves.integrationEvents.set(id, event);
  wrote(1);
  return jsonResponse(200, event);
}

/** 422 when it is so already. */
const switchTo =
  (enabled: boolean, shelf: Shelf, param: string) =>
  (call: TenantCall): WireResponse => {
    const row = getNamed(call, call.tenant.shelves[shelf], param);
    if (row['enabled'] === enabled) {
      return {
        ...fieldErrors({ service: `already ${enabled ? 'enabled' : 'disabled'}` }),
        status: 422,
      };
    }
    row['enabled'] = enabled;
    call.wrote(1);
    return emptyResponse(200);
  };
