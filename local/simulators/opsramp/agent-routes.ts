/** Gateways and agents. Some GETs here act: they must not be sent twice without a thought. */
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { has, searchPage } from './listing.ts';
import { partialAnswer } from './partial-failure.ts';
import {
  getNamed,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  parseRows,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const PROFILE = '/managementProfiles/:id';

export const agentRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/managementProfiles/search', (call) =>
    searchPage(call, call.tenant.shelves.managementProfiles.values(), {
      keys: { name: has('name'), type: has('type'), status: has('status') },
    }),
  ),
  tenantRoute(world, 'GET', PROFILE, (call) => jsonResponse(200, getProfile(call))),
  tenantRoute(world, 'POST', '/managementProfiles', (call) => {
    const body = parseBody(call);
    const isKnown = body['type'] === 'Gateway' || body['type'] === 'Agent';
    refuseIfAny({
      ...missingTexts(body, 'name'),
      ...(isKnown ? {} : { type: 'must be Gateway or Agent' }),
    });
    const id = world.nextId();
    const activationToken = world.nextUuid();
    const profile = { ...body, id, status: 'Pending', registered: false, activationToken };
    call.tenant.shelves.managementProfiles.set(String(id), profile);
    call.wrote(1);
    return jsonResponse(200, profile);
  }),
  acting(world, `${PROFILE}/attach`, (call) => {
    getProfile(call)['registered'] = true;
  }),
  acting(world, `${PROFILE}/detach`, (call) => {
    getProfile(call)['registered'] = false;
  }),
  acting(world, `${PROFILE}/reconnectTunnel`, (call) => {
    const profile = getProfile(call);
    profile['status'] = 'Connecting';
    world.later.at(call.nowMs + world.settings.tunnelDelayMs, () => {
      profile['status'] = 'Connected';
    });
  }),
  acting(world, '/policies/discovery/action/scan/:id', (call) => {
    const policy = getNamed(call, call.tenant.shelves.discoveryPolicies);
    policy['scans'] = Number(policy['scans'] ?? 0) + 1;
  }),
  acting(world, '/policies/management/:id/action/run', (call) => {
    const policy = getNamed(call, call.tenant.shelves.managementPolicies);
    policy['runs'] = Number(policy['runs'] ?? 0) + 1;
  }),
  tenantRoute(world, 'GET', '/agents/:os/info', ({ params, query }) => {
    const distName = query.get('distName');
    if (params['os'] === 'LINUX' && distName === null) {
      return fieldErrors({ distName: 'is mandatory' });
    }
    const name = `opsramp-agent-${distName}-${query.get('architecture') ?? 'x64'}`;
    const downloadUrl = `https://downloads.example/${name}`;
    const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
    return jsonResponse(200, { name, downloadUrl, version: '18.0.0', size: '41943040', checksum });
  }),
  tenantRoute(world, 'POST', '/agentPolicies/:id/devices', (call) => {
    const policy = getNamed(call, call.tenant.shelves.agentPolicies);
    const ids = parseRows(call).map(({ id }) => String(id));
    const known = ids.filter((id) => call.tenant.resources.has(id));
    const present = (policy['devices'] ?? []) as readonly string[];
    policy['devices'] = [...new Set([...present, ...known])];
    call.wrote(known.length);
    const missing = ids.filter((id) => !known.includes(id));
    const failed = Object.fromEntries(missing.map((id) => [id, 'Device not found']));
    return partialAnswer('POST', known.length, failed);
  }),
];

const getProfile = (call: TenantCall): Row =>
  getNamed(call, call.tenant.shelves.managementProfiles);

/** A GET with an effect and an empty answer. */
const acting = (world: World, path: string, act: (call: TenantCall) => void): OpsRampRoute =>
  tenantRoute(world, 'GET', path, (call) => {
    act(call);
    call.wrote(1);
    return emptyResponse(200);
  });
