/**
 * `POST /alert` and `POST /alerts`: take events and answer their ids. The alerts that they make or
 * repeat can be found a little later, by the event's id for 30 days.
 */
import { days } from '../../../shared/kernel/duration.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import { type AlertEvent, type AlertState, receiveEvent } from './alert-record.ts';
import { findDate } from './dates.ts';
import { fieldErrors, refuse, refuseIfAny } from './errors.ts';
import {
  isRow,
  isText,
  missingTexts,
  notFound,
  type OpsRampRoute,
  parseBody,
  parseRows,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Resource, Row, Tenant, World } from './world.ts';

const EVENT_LIFE_MS = days(30);

/** Upper case on the way in, title case on the way out. */
const STATES: ReadonlyMap<unknown, AlertState> = new Map([
  ['CRITICAL', 'Critical'],
  ['WARNING', 'Warning'],
  ['OK', 'Ok'],
  ['INFO', 'Info'],
]);

export const alertIntakeRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'POST', '/alert', (call) => accept(call, [parseBody(call)])),
  tenantRoute(world, 'POST', '/alerts', (call) => accept(call, parseRows(call))),
  tenantRoute(world, 'GET', '/alerts/event/:eventId', (call) => {
    const { tenant, params, nowMs } = call;
    const event = tenant.alertEvents.get(params['eventId'] ?? '');
    const isKnown = event !== undefined && nowMs - event.atMs < EVENT_LIFE_MS;
    const record = isKnown ? tenant.alerts.get(event.alertId) : undefined;
    return record === undefined ? notFound(world, 'eventId') : jsonResponse(200, record.alert);
  }),
];

function accept(call: TenantCall, bodies: readonly Row[]): WireResponse {
  const { world, tenant, nowMs, wrote } = call;
  const events = bodies.map((body) => parseEvent(call, body));
  const ids = events.map((event) => {
    const id = world.nextUuid();
    world.later.at(nowMs + world.settings.alertDelayMs, (dueMs) => {
      const alertId = receiveEvent(world, tenant, { ...event, atMs: event.atMs ?? dueMs });
      tenant.alertEvents.set(id, { alertId, atMs: nowMs });
    });
    return id;
  });
  wrote(events.length);
  return jsonResponse(200, ids);
}

type ParsedEvent = Omit<AlertEvent, 'atMs'> & { readonly atMs: number | undefined };

function parseEvent({ tenant }: TenantCall, body: Row): ParsedEvent {
  const state = STATES.get(body['currentState']);
  refuseIfAny({
    ...missingTexts(body, 'serviceName', 'subject'),
    ...(state === undefined ? { currentState: 'must be CRITICAL, WARNING, OK or INFO' } : {}),
  });
  const text = (field: string): string => (isText(body[field]) ? body[field] : '');
  return {
    subject: text('subject'),
    description: text('description'),
    state: state ?? 'Info',
    serviceName: text('serviceName'),
    component: text('component'),
    alertType: text('alertType') || 'Monitoring',
    app: text('app') || 'OPSRAMP',
    priority: text('priority') || 'N/A',
    resource: findReported(tenant, body),
    atMs: findDate(body['alertTime']),
  };
}

/** The resource that an event means; none for one that the tenant does not have. */
function findReported(tenant: Tenant, body: Row): Resource | undefined {
  const side = [body['device'], body['resource']].find(isRow);
  if (side === undefined) return refuse(fieldErrors({ device: 'or resource is mandatory' }));
  const id = side['resourceUUID'] ?? side['id'];
  return isText(id) ? tenant.resources.get(id) : findByFields(tenant, side);
}

function findByFields(tenant: Tenant, side: Row): Resource | undefined {
  const names = ['hostName', 'ipAddress', 'extResourceId', 'serialNumber'] as const;
  const given = names.filter((name) => isText(side[name]));
  return [...tenant.resources.values()].find(
    (resource) => given.length > 0 && given.every((name) => resource[name] === side[name]),
  );
}
