/** Routes inside one organization, and how their input is read. */
import type { Route, RouteCall } from '../frame/router.ts';
import type { WireResponse } from '../frame/wire.ts';
import type { Caller } from './accounts.ts';
import { errorTexts, problem, refuse } from './errors.ts';
import type { Org, World } from './world.ts';

export type AutomoxRoute = Route<Caller>;

export interface OrgCall extends RouteCall<Caller> {
  readonly org: Org;
}

/** `o` names the organization; without it the key's default one is meant. */
export function orgRoute(
  world: World,
  method: string,
  path: string,
  answer: (call: OrgCall) => WireResponse,
): AutomoxRoute {
  return {
    method,
    path,
    answer: (call) => answer({ ...call, org: orgOf(world, call, call.query.get('o')) }),
  };
}

/** Newer services name the organization by its UUID instead. */
export function uuidRoute(
  world: World,
  method: string,
  path: string,
  answer: (call: OrgCall) => WireResponse,
): AutomoxRoute {
  return {
    method,
    path,
    answer: (call) => {
      const uuid = call.params['orgUuid'] ?? call.query.get('org');
      const org = [...world.orgs.values()].find((candidate) => candidate.uuid === uuid);
      if (org === undefined || !call.caller.orgs.includes(org.id)) {
        return problem(403, 'The API key has no access to this organization', call.path);
      }
      return answer({ ...call, org });
    },
  };
}

function orgOf(world: World, call: RouteCall<Caller>, given: string | null): Org {
  const id = given === null ? call.caller.orgs[0] : Number(given);
  if (!Number.isSafeInteger(id)) refuse(errorTexts(400, 'o must be an integer'));
  const org = id === undefined ? undefined : world.orgs.get(id);
  if (org === undefined || !call.caller.orgs.includes(org.id)) {
    return refuse(problem(403, 'You do not have access to this organization', call.path));
  }
  return org;
}

export type Body = Readonly<Record<string, unknown>>;

/** The body as a JSON object. Throws Refusal with 400. */
export function parseBody({ headers, body }: RouteCall<Caller>): Body {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    return refuse(errorTexts(400, 'Content-Type must be application/json'));
  }
  const value = jsonOf(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(errorTexts(400, 'The request body must be a JSON object'));
  }
  return value as Body;
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return refuse(errorTexts(400, 'The request body is not valid JSON'));
  }
}

/** An integer parameter; undefined when absent. Throws Refusal with 400. */
export function parseInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^-?\d+$/.test(text)) refuse(errorTexts(400, `${name} must be an integer`));
  return Number(text);
}

/** A flag is the integer 0 or 1; `true` is refused. Throws Refusal with 400. */
export function parseFlag(query: URLSearchParams, name: string): boolean | undefined {
  const value = parseInteger(query, name);
  if (value !== undefined && value !== 0 && value !== 1) {
    refuse(errorTexts(400, `${name} must be 0 or 1`));
  }
  return value === undefined ? undefined : value === 1;
}

export const isIntegers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item));

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
