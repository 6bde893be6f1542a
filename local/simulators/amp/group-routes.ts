import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { randomUuid } from '../frame/sampling.ts';
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { okAnswer, refuse } from './envelope.ts';
import { groupDetail, groupRow } from './group-row.ts';
import { parseGroup, parseParent, parsePolicies } from './group-rules.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { moveComputer, syncPolicy } from './policy-sync.ts';
import { isAmong, listOf } from './query.ts';
import type { Group, World } from './world.ts';

const ONE = '/groups/:guid';
const POLICIES = ['windows', 'mac', 'linux', 'android'].map((product) => `${product}_policy_guid`);

export const groupRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/groups', { query: ['name', 'name[]', ...PAGE] }, (call) => {
    const names = listOf(call, 'name');
    const found = [...call.business.groups.values()].filter(({ name }) => isAmong(names, name));
    return pageAnswer(call, world.settings, found, (group) => groupRow(call, group));
  }),
  ampRoute(world, 'GET', ONE, {}, (call) => okAnswer(call, groupDetail(call, groupOf(call)))),
  ampRoute(world, 'POST', '/groups', { body: ['name', 'description'] }, (call) => {
    const random = seededRandom(
      Number.parseInt(sha256Hex(`${world.nextNumber()}`).slice(0, 8), 16),
    );
    const group: Group = { guid: randomUuid(random), source: null, ...parseGroup(call) };
    call.business.groups.set(group.guid, group);
    call.wrote(1);
    return okAnswer(call, groupDetail(call, group), { status: 201 });
  }),
  ampRoute(world, 'PATCH', ONE, { body: POLICIES }, (call) => {
    const group = groupOf(call);
    Object.assign(group.policyGuids, parsePolicies(call));
    for (const computer of membersOf(call, group)) {
      syncPolicy(world, call.business, computer, call.nowMs);
    }
    call.wrote(1);
    return okAnswer(call, groupDetail(call, group), { status: 202 });
  }),
  ampRoute(world, 'PATCH', `${ONE}/parent`, { body: ['parent_group_guid'] }, (call) => {
    const group = groupOf(call);
    const parentGuid = parseParent(call, group);
    if (parentGuid === undefined) delete group.parentGuid;
    else group.parentGuid = parentGuid;
    call.wrote(1);
    return okAnswer(call, groupDetail(call, group), { status: 202 });
  }),
  ampRoute(world, 'DELETE', ONE, {}, (call) => {
    const { business, nowMs } = call;
    const group = groupOf(call);
    if (group.guid === business.defaultGroupGuid) refuse(call, 400, 'The default group must stay');
    for (const computer of membersOf(call, group)) {
      moveComputer(world, business, computer, business.defaultGroupGuid, nowMs);
    }
    business.groups.delete(group.guid);
    call.wrote(1);
    return okAnswer(call, {});
  }),
];

function groupOf(call: AmpCall): Group {
  const group = call.business.groups.get(call.params['guid'] ?? '');
  return group ?? refuse(call, 404, 'Group not found');
}

const membersOf = ({ business }: AmpCall, { guid }: Group) =>
  business.computers.values().filter(({ groupGuid }) => groupGuid === guid);
