/** Which computers had to do with a file, an address or a user. */
import { type AmpRoute, ampRoute } from './amp-route.ts';
import { shortRow } from './computer-row.ts';
import type { AmpEvent } from './events.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { requiredText } from './query.ts';
import type { World } from './world.ts';

export const activityRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/computers/activity', { query: ['q', ...PAGE] }, (call) => {
    const wanted = requiredText(call, 'q').toLowerCase();
    const { computers, events } = call.business;
    const guids = new Set(
      events.filter((event) => tracesOf(event).includes(wanted)).map((row) => row.connector_guid),
    );
    const found = [...computers.values()].filter(
      ({ guid, internalIps }) => guids.has(guid) || internalIps.some((ip) => ip.trim() === wanted),
    );
    return pageAnswer(call, world.settings, found, (computer) => shortRow(call, computer));
  }),
  ampRoute(world, 'GET', '/computers/user_activity', { query: ['q', ...PAGE] }, (call) => {
    const user = requiredText(call, 'q');
    const computers = [...call.business.computers.values()];
    const found = computers.filter(({ users }) => users.includes(user));
    return pageAnswer(call, world.settings, found, (computer) => shortRow(call, computer));
  }),
];

/** SHA-256, file name, IPv4 address and URL, in lower case. */
function tracesOf({ file, network_info }: AmpEvent): string[] {
  const { remote_ip, dirty_url } = network_info ?? {};
  const traces = [file?.identity.sha256, file?.file_name, remote_ip, dirty_url];
  return traces.flatMap((text) => (text === undefined ? [] : [text.toLowerCase()]));
}
