/** Events, newest first: those that arrive while a client turns pages push the others back. */
import { type AmpCall, type AmpRoute, ampRoute } from './amp-route.ts';
import { eventComputer } from './computer-row.ts';
import { detect } from './detection.ts';
import { answer } from './envelope.ts';
import { eventTypes } from './event-types.ts';
import type { AmpEvent } from './events.ts';
import { linkTo } from './links.ts';
import { PAGE, pageAnswer } from './paging.ts';
import { integersOf, isAmong, listOf, secondsOf } from './query.ts';
import type { World } from './world.ts';

/** One bare value works as well as a list. There is no end date. */
const LISTS = ['connector_guid', 'group_guid', 'event_type'].flatMap((name) => [name, `${name}[]`]);
const FILTERS = ['detection_sha256', 'application_sha256', 'start_date', ...LISTS];

export const eventRoutes = (world: World): AmpRoute[] => [
  ampRoute(world, 'GET', '/events', { query: [...PAGE, ...FILTERS] }, (call) => {
    const found = call.business.events.filter(eventFilter(call)).toReversed();
    const page = pageAnswer(call, world.settings, found, (event) => eventRow(call, event));
    for (let left = world.settings.detectionsBetweenPages; left > 0; left--) {
      detect(world, call.business, call.nowMs);
    }
    return page;
  }),
  ampRoute(world, 'GET', '/event_types', {}, (call) => {
    const links = { self: linkTo(call, call.path) };
    const rows = eventTypes.map((type) => ({ ...type, description: `${type.name}.` }));
    return answer(200, { links, results: { total: rows.length } }, rows);
  }),
];

/** Every parameter has to fit, each by any of its values. Throws Refusal with 400. */
function eventFilter(call: AmpCall): (event: AmpEvent) => boolean {
  const detected = call.query.get('detection_sha256')?.toLowerCase();
  const application = call.query.get('application_sha256')?.toLowerCase();
  const computers = listOf(call, 'connector_guid');
  const groups = listOf(call, 'group_guid');
  const types = integersOf(call, 'event_type');
  const start = secondsOf(call, 'start_date') ?? Number.NEGATIVE_INFINITY;
  return (event) =>
    event.timestamp >= start &&
    (types === undefined || types.includes(event.event_type_id)) &&
    isAmong(computers, event.connector_guid) &&
    (groups === undefined || (event.group_guids ?? []).some((guid) => groups.includes(guid))) &&
    (detected === undefined || event.file?.identity.sha256 === detected) &&
    (application === undefined || event.file?.parent.identity.sha256 === application);
}

const eventRow = (call: AmpCall, { computer, ...event }: AmpEvent): object =>
  computer === undefined ? event : { ...event, computer: eventComputer(call, computer) };
