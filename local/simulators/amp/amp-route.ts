/** Routes of one business: what a request may carry is named, and anything else is refused. */
import type { Route, RouteCall } from '../frame/router.ts';
import type { WireResponse } from '../frame/wire.ts';
import type { Caller } from './credentials.ts';
import { refuse } from './envelope.ts';
import type { Business, World } from './world.ts';

export type AmpRoute = Route<Caller>;

export type Fields = Readonly<Record<string, unknown>>;

export interface AmpCall extends RouteCall<Caller> {
  readonly business: Business;
  /** The members of the body; none when there is no body. */
  readonly fields: Fields;
}

interface Accepted {
  readonly query?: readonly string[];
  readonly body?: readonly string[];
}

export const ampRoute = (
  world: World,
  method: string,
  path: string,
  accepted: Accepted,
  answer: (call: AmpCall) => WireResponse,
): AmpRoute => ({
  method,
  path,
  answer: (call) => {
    const business = world.businesses.get(call.caller.business ?? '');
    if (business === undefined) return refuse(call, 403, 'No such business');
    const reads = method === 'GET' || method === 'OPTIONS';
    if (!reads && call.caller.readOnly) {
      refuse(call, world.settings.readOnlyStatus, 'The API credential is read-only');
    }
    refuseUnknown(call, [...call.query.keys()], accepted.query ?? []);
    const fields = reads ? {} : parseFields(call);
    refuseUnknown(call, Object.keys(fields), accepted.body ?? []);
    return answer({ ...call, business, fields });
  },
});

function refuseUnknown(
  call: RouteCall<Caller>,
  given: readonly string[],
  accepted: readonly string[],
): void {
  const unknown = given.filter((name) => !accepted.includes(name));
  if (unknown.length === 0) return;
  refuse(call, 400, ...unknown.map((name) => `Unexpected parameter: ${name}`));
}

function parseFields(call: RouteCall<Caller>): Fields {
  const { body, headers } = call;
  if (body.length === 0) return {};
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    refuse(call, 400, 'Content-Type must be application/json');
  }
  const value = jsonOf(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(call, 400, 'The request body must be a JSON object');
  }
  return value as Fields;
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
