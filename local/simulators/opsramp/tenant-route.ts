/** Routes inside one tenant, and how their input is read. */
import type { Route, RouteCall } from '../frame/router.ts';
import type { WireResponse } from '../frame/wire.ts';
import type { Caller } from './credentials.ts';
import { codeError, errorOf, fieldErrors, refuse } from './errors.ts';
import { tenantNameOf } from './lanes.ts';
import { findTenant, type Row, type Tenant, type World } from './world.ts';

export type OpsRampRoute = Route<Caller>;

export interface TenantCall extends RouteCall<Caller> {
  readonly world: World;
  readonly tenant: Tenant;
}

export type Answer = (call: TenantCall) => WireResponse;

export const TENANT_PATH = '/api/v2/tenants/:tenantId';

/** `path` is below the tenant, such as `/alerts/search`. */
export const tenantRoute = (
  world: World,
  method: string,
  path: string,
  answer: Answer,
): OpsRampRoute => routeAt(world, method, `${TENANT_PATH}${path}`, answer);

/** For the few paths that have the tenant elsewhere. */
export const routeAt = (
  world: World,
  method: string,
  path: string,
  answer: Answer,
): OpsRampRoute => ({
  method,
  path,
  answer: (call) => {
    const tenant = findTenant(world, tenantNameOf(call) ?? '');
    return tenant === undefined ? errorOf(404) : answer({ ...call, world, tenant });
  },
});

/** HTTP 500 with code 0003, or 404, by the settings. */
export const notFound = ({ settings }: World, what: string): WireResponse =>
  settings.notFoundAs === 404
    ? errorOf(404)
    : codeError(500, '0003', `No resource found for the given ${what}`);

/** What a map holds under a segment of the path. Throws Refusal when it holds nothing. */
export function getNamed<T>(
  { world, params }: TenantCall,
  rows: ReadonlyMap<string, T>,
  param = 'id',
): T {
  return rows.get(params[param] ?? '') ?? refuse(notFound(world, param));
}

/** Starts the time in which something new refuses what is hung on it. */
export function startUnready({ notReady, settings }: World, id: string): void {
  if (settings.parentNotReadyTimes > 0) notReady.set(id, settings.parentNotReadyTimes);
}

/** Throws Refusal with code 0005 as often as the settings say, for what was just created. */
export function requireReady({ notReady }: World, id: string): void {
  const left = notReady.get(id) ?? 0;
  if (left === 0) return;
  notReady.set(id, left - 1);
  refuse(codeError(500, '0005', `Parent resource ${id} is not ready`));
}

/** The body as a JSON object; an empty one when there is none. Throws Refusal with 400. */
export function parseOptionalBody(call: TenantCall): Row {
  return call.body.length === 0 ? {} : parseBody(call);
}

/** The body as a JSON object. Throws Refusal with 400. */
export function parseBody(call: TenantCall): Row {
  const value = parseJsonBody(call);
  return isRow(value) ? value : refuse(fieldErrors({ body: 'must be an object' }));
}

/** The body as an array of objects. Throws Refusal with 400. */
export function parseRows(call: TenantCall): Row[] {
  const value = parseJsonBody(call);
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRow)) {
    return refuse(fieldErrors({ body: 'must be an array of objects' }));
  }
  return value;
}

export function parseJsonBody({ headers, body }: TenantCall): unknown {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    return refuse(fieldErrors({ 'Content-Type': 'must be application/json' }));
  }
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return refuse(fieldErrors({ body: 'must be JSON' }));
  }
}

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

/** One problem for each field that is not a text with something in it. */
export const missingTexts = (body: Row, ...fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap((field) => (isText(body[field]) ? [] : [[field, 'is mandatory']])),
  );
