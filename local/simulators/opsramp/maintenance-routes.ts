import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { fieldErrors, refuse, refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import {
  findSchedule,
  type Maintenance,
  type MaintenanceStatus,
  statusOf,
  windowEndMs,
} from './maintenance-states.ts';
import {
  getNamed,
  isRow,
  missingTexts,
  notFound,
  type OpsRampRoute,
  parseBody,
  parseOptionalBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const RESOURCES_MAX = 100;
const PLACES = ['devices', 'deviceGroups', 'locations'] as const;
const ALL = '/scheduleMaintenances';
const ONE = `${ALL}/:id`;

export const maintenanceRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', `${ALL}/search`, (call) => {
    const rows = [...call.tenant.maintenances.values()].map((one) => shown(one, call.nowMs));
    const keys = { name: has('name'), uniqueId: has('uniqueId'), status: has('status') };
    return searchPage(call, rows, { keys, sortName: 'uniqueId' });
  }),
  tenantRoute(world, 'POST', ALL, create),
  tenantRoute(world, 'GET', ONE, (call) =>
    jsonResponse(200, shown(getNamed(call, call.tenant.maintenances), call.nowMs)),
  ),
  tenantRoute(world, 'DELETE', ONE, (call) => {
    call.tenant.maintenances.delete(getNamed(call, call.tenant.maintenances).row.uniqueId);
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', `${ONE}/suspend`, (call) => {
    const { pattern, startDate } = parseBody(call);
    if (pattern !== 'now' && startDate === undefined) {
      return fieldErrors({ pattern: 'must be now, or a range with startDate and endDate' });
    }
    requireStatus(call, 'Active').suspended = true;
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', `${ONE}/resume`, (call) => {
    requireStatus(call, 'Suspended').suspended = false;
    call.wrote(1);
    return emptyResponse(200);
  }),
  tenantRoute(world, 'POST', `${ONE}/end`, (call) => {
    const one = requireStatus(call, 'Active');
    one.endedUntilMs = one.schedule.isRecurring
      ? (windowEndMs(one.schedule, call.nowMs) ?? 0)
      : call.nowMs;
    call.wrote(1);
    const { uniqueId } = one.row;
    return jsonResponse(200, { uniqueId, status: statusOf(one, call.nowMs) });
  }),
  tenantRoute(world, 'POST', `${ONE}/resources`, changePlaces(added)),
  tenantRoute(world, 'DELETE', `${ONE}/resources`, changePlaces(removed)),
];

const shown = (one: Maintenance, nowMs: number): Row => ({
  ...one.row,
  status: statusOf(one, nowMs),
});

/** Names are not unique: the same body twice makes two. */
function create(call: TenantCall): WireResponse {
  const { world, tenant, wrote } = call;
  const body = parseBody(call);
  const schedule = isRow(body['schedule']) ? findSchedule(body['schedule']) : undefined;
  refuseIfAny({
    ...missingTexts(body, 'name'),
    ...(schedule === undefined ? { schedule: 'needs a type, startTime and a later endTime' } : {}),
  });
  if (schedule === undefined) return refuse(fieldErrors({ schedule: 'is mandatory' }));
  checkPlaces(call, body);
  const uniqueId = `SM-${world.nextUuid()}`;
  const places = Object.fromEntries(PLACES.map((place) => [place, placesIn(body, place)]));
  const row = { ...body, ...places, name: String(body['name']), uniqueId };
  tenant.maintenances.set(uniqueId, { row, schedule, suspended: false, endedUntilMs: 0 });
  wrote(1);
  return jsonResponse(200, { uniqueId });
}

/** Throws Refusal about too many resources, and about a device that the tenant does not have. */
function checkPlaces({ world, tenant }: TenantCall, row: Row): void {
  const all = PLACES.flatMap((place) => placesIn(row, place));
  if (all.length > RESOURCES_MAX) {
    refuse(fieldErrors({ devices: `must not be more than ${RESOURCES_MAX}` }));
  }
  for (const { uniqueId, hostName } of placesIn(row, 'devices')) {
    const isKnown =
      tenant.resources.has(String(uniqueId)) ||
      [...tenant.resources.values()].some((resource) => resource.hostName === hostName);
    if (!isKnown) refuse(notFound(world, 'device'));
  }
}

const placesIn = (row: Row, place: (typeof PLACES)[number]): Row[] => {
  const given = row[place];
  return Array.isArray(given) ? given.filter(isRow) : [];
};

function requireStatus(call: TenantCall, status: MaintenanceStatus): Maintenance {
  const one = getNamed(call, call.tenant.maintenances);
  const is = statusOf(one, call.nowMs);
  return is === status ? one : refuse(fieldErrors({ status: `is ${is}, and not ${status}` }));
}

type Merge = (present: readonly Row[], given: readonly Row[]) => readonly Row[];

const changePlaces =
  (merge: Merge) =>
  (call: TenantCall): WireResponse => {
    const { row } = getNamed(call, call.tenant.maintenances);
    const body = parseOptionalBody(call);
    const merged = Object.fromEntries(
      PLACES.map((place) => [place, merge(placesIn(row, place), placesIn(body, place))]),
    );
    checkPlaces(call, merged);
    Object.assign(row, merged);
    call.wrote(1);
    return emptyResponse(200);
  };

const isIn = (rows: readonly Row[], row: Row): boolean =>
  rows.some((other) => JSON.stringify(other) === JSON.stringify(row));

function added(present: readonly Row[], given: readonly Row[]): readonly Row[] {
  return [...present, ...given.filter((row) => !isIn(present, row))];
}

function removed(present: readonly Row[], given: readonly Row[]): readonly Row[] {
  return present.filter((row) => !isIn(given, row));
}
