/** Who may act where: the answers that end a request before its route, and whose limits it spends. */
import type { WireHead, WireResponse } from '../frame/wire.ts';
import type { Caller } from './credentials.ts';
import { accessError, errorOf } from './errors.ts';
import { tenantNameOf } from './lanes.ts';
import { isTokenPath } from './token-routes.ts';
import { findTenant, type Tenant, type World } from './world.ts';

/** Undefined for a caller who may go on. */
export function findRefusal(
  world: World,
  head: WireHead,
  caller: Caller,
): WireResponse | undefined {
  if (isTokenPath(head.path)) return undefined;
  if (caller.token === 'unknown') return unauthorized('Full authentication is required');
  if (caller.token === 'expired') return errorOf(407);
  const name = tenantNameOf(head);
  if (name === undefined) return undefined;
  const tenant = findTenant(world, name);
  if (tenant === undefined || !mayActIn(caller, tenant)) {
    return unauthorized('The user is not authorized to use this tenant');
  }
  if (tenant.state === 'active') return undefined;
  return accessError(410, 'gone', 'Tenant is unavailable or deactivated');
}

/**
 * The tenant in the path pays; for a client a partner's credential may pay instead. A token that has
 * expired still tells whose it was.
 */
export function findSpender(world: World, head: WireHead, caller: Caller): Tenant | undefined {
  if (caller.token === 'unknown') return undefined;
  const own = world.tenants.get(caller.tenants[0] ?? '');
  const named = findTenant(world, tenantNameOf(head) ?? '');
  if (named === undefined || !mayActIn(caller, named)) return own;
  return world.settings.partnerSpends === 'partner' && own?.kind === 'partner' ? own : named;
}

const mayActIn = ({ tenants }: Caller, { uniqueId, partner }: Tenant): boolean =>
  tenants.includes(uniqueId) || (partner !== undefined && tenants.includes(partner));

const unauthorized = (description: string): WireResponse =>
  accessError(401, 'unauthorized', description);
