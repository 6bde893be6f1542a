import type { WireResponse } from '../frame/wire.ts';
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { selectComputers } from './computer-filters.ts';
import { computerDetail, computerRow } from './computer-row.ts';
import { okAnswer, refuse } from './envelope.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { moveComputer } from './policy-sync.ts';
import type { Computer, World } from './world.ts';

const FILTERS = ['hostname[]', 'internal_ip', 'external_ip', 'group_guid[]'];
const SEEN = ['last_seen_within', 'last_seen_over', 'processor_id'];
const ONE = '/computers/:guid';

export const computerRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/computers', { query: [...PAGE, ...FILTERS, ...SEEN] }, (call) =>
    pageAnswer(call, world.settings, selectComputers(call), (computer) =>
      computerRow(call, call.business, computer),
    ),
  ),
  ampRoute(world, 'GET', ONE, {}, (call) =>
    okAnswer(call, computerDetail(call, call.business, computerOf(call))),
  ),
  ampRoute(world, 'PATCH', ONE, { body: ['group_guid'] }, (call) => move(world, call)),
  ampRoute(world, 'DELETE', ONE, {}, (call) => {
    const { guid, deletable } = computerOf(call);
    if (deletable) {
      call.business.computers.delete(guid);
      call.wrote(1);
    }
    return okAnswer(call, { deleted: deletable });
  }),
];

/** The computer that the path names. Throws Refusal with 404. */
export function computerOf(call: AmpCall): Computer {
  const computer = call.business.computers.get(call.params['guid'] ?? '');
  return computer ?? refuse(call, 404, 'Computer not found');
}

/** The answer shows the new group, and the policy of the old one. */
function move(world: World, call: AmpCall): WireResponse {
  const { business, fields, nowMs } = call;
  const computer = computerOf(call);
  const { group_guid: groupGuid } = fields;
  if (typeof groupGuid !== 'string' || !business.groups.has(groupGuid)) {
    return refuse(call, 400, 'group_guid must be the GUID of a group');
  }
  moveComputer(world, business, computer, groupGuid, nowMs);
  call.wrote(1);
  return okAnswer(call, computerDetail(call, business, computer), { status: 202 });
}
