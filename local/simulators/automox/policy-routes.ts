import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { findDeviceFilters, matchesEvery } from './device-filters.ts';
import { errorFields, errorTexts, refuse } from './errors.ts';
import {
  type AutomoxRoute,
  type Body,
  isIntegers,
  type OrgCall,
  orgRoute,
  parseBody,
} from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import { policyRow, storedPolicy } from './policy-row.ts';
import { policyProblems } from './policy-rules.ts';
import { FULL_ROW, serverRow } from './server-listing.ts';
import type { Policy, World } from './world.ts';

export const policyRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/policies', ({ org, query }) => {
    const sorted = [...org.policies.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = pageOf(sorted, parsePage(query));
    return jsonResponse(
      200,
      page.map((policy) => policyRow(org, policy)),
    );
  }),
  orgRoute(world, 'GET', '/policies/:id', (call) =>
    jsonResponse(200, policyRow(call.org, getPolicy(call))),
  ),
  orgRoute(world, 'POST', '/policies', (call) => createPolicy(world, call)),
  orgRoute(world, 'PUT', '/policies/:id', (call) => {
    const policy = getPolicy(call);
    const body = parseBody(call);
    if ('id' in body && body['id'] !== policy.id) refuse(errorTexts(400, 'id is another policy'));
    const stored = storedPolicy(policy, parsePolicy(call, body, body['id']));
    call.org.policies.set(policy.id, stored);
    call.wrote(1);
    return emptyResponse(204);
  }),
  orgRoute(world, 'DELETE', '/policies/:id', (call) => {
    call.org.policies.delete(getPolicy(call).id);
    call.wrote(1);
    return emptyResponse(204);
  }),
  orgRoute(world, 'POST', '/policies/device-filters-preview', previewFilters),
];

/** Throws Refusal with 404. */
export function getPolicy({ org, params }: OrgCall): Policy {
  const policy = org.policies.get(Number(params['id']));
  return policy ?? refuse(errorTexts(404, 'Policy not found'));
}

/** 201 and nothing else: neither the id nor a Location, so a client has to look the name up. */
function createPolicy(world: World, call: OrgCall): WireResponse {
  const body = parseBody(call);
  const fromTemplate = Object.keys(body).some((key) => key.startsWith('policy_template_'));
  if (fromTemplate) return errorTexts(500, 'Internal Server Error');
  const { org, nowMs, wrote } = call;
  const origin = { id: world.nextId(), organization_id: org.id, nowMs };
  const policy = storedPolicy(origin, parsePolicy(call, body, undefined));
  org.policies.set(policy.id, policy);
  wrote(1);
  return world.settings.createdPolicyBody === '{}' ? jsonResponse(201, {}) : emptyResponse(201);
}

/** A write without the id of the policy that has the name clashes with that policy: throws Refusal. */
function parsePolicy({ org }: OrgCall, body: Body, id: unknown): Body {
  const problems = policyProblems(org, body);
  if (Object.keys(problems).length > 0) refuse(errorFields(400, problems));
  const namesakes = [...org.policies.values()].filter(({ name }) => name === body['name']);
  if (namesakes.some((namesake) => namesake.id !== id)) {
    refuse(errorTexts(400, 'A policy with this name already exists'));
  }
  return body;
}

/** Without `server_groups` the live service fails with 500 instead of saying so. */
function previewFilters(call: OrgCall): WireResponse {
  const { device_filters, server_groups } = parseBody(call);
  if (!isIntegers(server_groups)) return errorTexts(500, 'Internal Server Error');
  const filters = findDeviceFilters(device_filters);
  if (filters === undefined) {
    return errorFields(400, { device_filters: ['must hold rows of field, op and value'] });
  }
  const found = [...call.org.devices.values()].filter(
    (device) => server_groups.includes(device.server_group_id) && matchesEvery(device, filters),
  );
  const page = parsePage(call.query, { limitDefault: 25, limitMax: 200 });
  const results = pageOf(found, page).map((device) => serverRow(call.org, device, FULL_ROW));
  return jsonResponse(200, { results, size: found.length });
}
