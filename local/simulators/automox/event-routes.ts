import { jsonResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import { type AutomoxRoute, orgRoute, parseFlag, parseInteger } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import type { ConsoleEvent, World } from './world.ts';

/** Newest first. `countOnly` is the integer 1: `true` is refused. */
export const eventRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/events', ({ org, query }) => {
    const countOnly = parseFlag(query, 'countOnly') ?? false;
    const page = parsePage(query);
    const holds = parseEventFilter(query);
    const found = org.events.filter(holds);
    if (countOnly) return jsonResponse(200, { size: found.length, results: [] });
    return jsonResponse(200, pageOf(found.toReversed(), page));
  }),
];

function parseEventFilter(query: URLSearchParams): (event: ConsoleEvent) => boolean {
  const name = query.get('eventName');
  const policyId = parseInteger(query, 'policyId');
  const serverId = parseInteger(query, 'serverId');
  const userId = parseInteger(query, 'userId');
  const start = parseDay(query, 'startDate') ?? '0000-00-00';
  const end = parseDay(query, 'endDate') ?? '9999-99-99';
  return (event) => {
    const day = event.create_time.slice(0, 10);
    return (
      (name === null || event.name === name) &&
      (policyId === undefined || event.policy_id === policyId) &&
      (serverId === undefined || event.server_id === serverId) &&
      (userId === undefined || event.user_id === userId) &&
      day >= start &&
      day <= end
    );
  };
}

function parseDay(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) ?? undefined;
  if (text !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    refuse(errorTexts(400, `${name} must be YYYY-MM-DD`));
  }
  return text;
}
