/** Running policies, and what tells of it: no run has an id that its start would answer. */
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { devicesOfPolicy } from './device-filters.ts';
import { errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, type OrgCall, orgRoute, parseBody, uuidRoute } from './org-route.ts';
import { metadataPage, parsePage } from './paging.ts';
import { getPolicy } from './policy-routes.ts';
import {
  consoleDate,
  type Device,
  type Org,
  type Policy,
  type PolicyRun,
  recordEvent,
  type World,
} from './world.ts';

export const policyRunRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'POST', '/policies/:id/action', (call) => {
    const policy = getPolicy(call);
    runPolicy(world, call, policy, parseTargets(call, policy));
    call.wrote(1);
    return emptyResponse(201);
  }),
  orgRoute(world, 'GET', '/policystats', ({ org }) =>
    jsonResponse(
      200,
      [...org.policies.values()].map((policy) => statsOf(org, policy)),
    ),
  ),
  // The live service ignores every filter of this listing but the organization.
  uuidRoute(world, 'GET', '/policy-history/policy-runs', ({ org, query }) =>
    metadataPage(org.runs.toReversed(), parsePage(query)),
  ),
];

/** `serverId` belongs to remediateServer alone. Throws Refusal. */
function parseTargets(call: OrgCall, policy: Policy): readonly Device[] {
  const { action, serverId } = parseBody(call);
  if (action === 'remediateAll') {
    if (serverId !== undefined) refuse(errorTexts(400, 'serverId is not allowed here'));
    return devicesOfPolicy(call.org, policy);
  }
  if (action !== 'remediateServer') {
    return refuse(errorTexts(400, 'action must be remediateAll or remediateServer'));
  }
  if (!Number.isSafeInteger(serverId)) refuse(errorTexts(400, 'serverId must be an integer'));
  const device = call.org.devices.get(Number(serverId));
  return device === undefined ? refuse(errorTexts(404, 'Server not found')) : [device];
}

/** Devices that are offline stay pending for ever. */
function runPolicy(
  world: World,
  { org, nowMs }: OrgCall,
  policy: Policy,
  devices: readonly Device[],
): void {
  const run: PolicyRun = {
    policy_id: policy.id,
    run_time: consoleDate(nowMs),
    execution_token: sha256Hex(`run ${world.nextId()}`).slice(0, 32),
    device_count: devices.length,
    pending: devices.length,
    success: 0,
    failed: 0,
    not_included: 0,
    remediation_not_applicable: 0,
    blocked: 0,
  };
  org.runs.push(run);
  world.later.at(nowMs + world.settings.policyRunDelayMs, (dueMs) => {
    const reached = devices.filter((device) => device.connected);
    run.success = reached.length;
    run.pending = devices.length - reached.length;
    for (const device of reached) {
      recordEvent(world, org, dueMs, {
        name: 'system.policy.action',
        server_id: device.id,
        policy_id: policy.id,
        // Sometimes a number, sometimes text.
        data: { status: device.id % 2 === 0 ? 0 : '0', policy_name: policy.name },
      });
    }
  });
}

function statsOf(org: Org, policy: Policy): object {
  const devices = devicesOfPolicy(org, policy);
  const pending = devices.filter((device) => device.pending);
  const compliant = devices.filter((device) => !device.pending && device.compliant);
  return {
    policy_id: policy.id,
    policy_name: policy.name,
    compliant: compliant.length,
    noncompliant: devices.length - pending.length - compliant.length,
    pending: pending.length,
  };
}
