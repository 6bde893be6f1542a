import { emptyResponse, jsonResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import { linkPolicies, parseGroup } from './group-rules.ts';
import { type AutomoxRoute, type OrgCall, orgRoute, parseBody } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import type { Group, Org, World } from './world.ts';

export const groupRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/servergroups', ({ org, query }) => {
    const page = pageOf([...org.groups.values()], parsePage(query));
    return jsonResponse(
      200,
      page.map((group) => groupRow(org, group)),
    );
  }),
  orgRoute(world, 'GET', '/servergroups/:id', (call) =>
    jsonResponse(200, groupRow(call.org, getGroup(call))),
  ),
  orgRoute(world, 'POST', '/servergroups', (call) => {
    const { org, wrote } = call;
    const { policies, ...fields } = parseGroup(org, parseBody(call));
    const id = world.nextId();
    const group: Group = { id, organization_id: org.id, ...fields };
    org.groups.set(id, group);
    linkPolicies(org, id, policies);
    wrote(1);
    const { name, refresh_interval, parent_server_group_id, ui_color } = group;
    return jsonResponse(200, { id, name, refresh_interval, parent_server_group_id, ui_color });
  }),
  orgRoute(world, 'PUT', '/servergroups/:id', (call) => {
    const group = getGroup(call);
    const { policies, ...fields } = parseGroup(call.org, parseBody(call), group);
    Object.assign(group, fields);
    linkPolicies(call.org, group.id, policies);
    call.wrote(1);
    return emptyResponse(204);
  }),
  orgRoute(world, 'DELETE', '/servergroups/:id', (call) => {
    const { org, wrote } = call;
    const { id } = getGroup(call);
    if (id === org.defaultGroupId) refuse(errorTexts(400, 'The default group must stay'));
    linkPolicies(org, id, []);
    org.groups.delete(id);
    for (const device of org.devices.values()) {
      if (device.server_group_id === id) device.server_group_id = org.defaultGroupId;
    }
    wrote(1);
    return emptyResponse(204);
  }),
];

/** An id that no group has is answered 403, not 404. Throws Refusal. */
function getGroup({ org, params }: OrgCall): Group {
  const group = org.groups.get(Number(params['id']));
  return group ?? refuse(errorTexts(403, 'You do not have permission to access this resource'));
}

function groupRow(org: Org, group: Group): object {
  const { wsus_config, ...row } = group;
  const linked = [...org.policies.values()].filter((policy) =>
    policy.server_groups.includes(group.id),
  );
  const members = [...org.devices.values()].filter((device) => device.server_group_id === group.id);
  return {
    ...row,
    deleted: false,
    server_count: members.length,
    wsus_config: { ...wsus_config, server_group_id: group.id },
    policies: linked.map((policy) => policy.id),
  };
}
