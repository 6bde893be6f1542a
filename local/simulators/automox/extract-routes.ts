/** Data extracts: queued, running, complete, expired, by the time since their start. */
import { jsonResponse, textResponse } from '../frame/wire.ts';
import { errorTexts, invalidFields, problem, refuse } from './errors.ts';
import { type AutomoxRoute, type Body, type OrgCall, orgRoute, parseBody } from './org-route.ts';
import { pageOf, parsePage } from './paging.ts';
import type { Extract, World } from './world.ts';

const STATES = ['queued', 'running', 'complete', 'expired'] as const;
const TYPES = ['patch-history', 'api-activity'];
const DAYS_MAX = 90;
const DAY_MS = 86_400_000;

export const extractRoutes = (world: World): AutomoxRoute[] => [
  orgRoute(world, 'GET', '/data-extracts', ({ org, query, nowMs }) => {
    const rows = [...org.extracts.values()];
    const page = pageOf(rows, parsePage(query, { limitDefault: 25 }));
    const results = page.map((extract) => extractRow(world, extract, nowMs));
    return jsonResponse(200, { size: rows.length, results });
  }),
  orgRoute(world, 'POST', '/data-extracts', (call) => {
    const { type, parameters } = parseExtract(call);
    const extract = { id: world.nextId(), type, parameters, createdAtMs: call.nowMs };
    call.org.extracts.set(extract.id, extract);
    call.wrote(1);
    return jsonResponse(200, extractRow(world, extract, call.nowMs));
  }),
  orgRoute(world, 'GET', '/data-extracts/:id', (call) =>
    jsonResponse(200, extractRow(world, getExtract(call), call.nowMs)),
  ),
  orgRoute(world, 'GET', '/data-extracts/:id/download', (call) => {
    const state = stateOf(world, getExtract(call), call.nowMs);
    if (state === 'expired') return problem(410, 'The extract has expired', call.path);
    if (state !== 'complete') return problem(409, 'The extract is not complete', call.path);
    return textResponse(200, 'text/csv', 'device,patch\n');
  }),
];

const stateOf = (world: World, { createdAtMs }: Extract, nowMs: number): string =>
  STATES[Math.floor((nowMs - createdAtMs) / world.settings.extractStepMs)] ?? 'expired';

function extractRow(world: World, extract: Extract, nowMs: number): object {
  const { id, type, parameters } = extract;
  const status = stateOf(world, extract, nowMs);
  const download_url = status === 'complete' ? `/data-extracts/${id}/download` : null;
  return { id, type, parameters, status, is_completed: status === 'complete', download_url };
}

function getExtract({ org, params }: OrgCall): Extract {
  return org.extracts.get(Number(params['id'])) ?? refuse(errorTexts(404, 'Extract not found'));
}

/** Throws Refusal with 400. */
function parseExtract(call: OrgCall): { readonly type: string; readonly parameters: Body } {
  const { type, parameters } = parseBody(call);
  const problems: Record<string, string> = {};
  if (typeof type !== 'string' || !TYPES.includes(type)) {
    problems['type'] = `must be one of ${TYPES.join(', ')}`;
  }
  const { start_time, end_time } = (parameters ?? {}) as Body;
  const ageMs = call.nowMs - Date.parse(String(start_time));
  if (Number.isNaN(Date.parse(String(end_time))) || !(ageMs <= DAYS_MAX * DAY_MS)) {
    problems['parameters'] = `must name start_time and end_time of the last ${DAYS_MAX} days`;
  }
  if (Object.keys(problems).length > 0) {
    refuse(invalidFields(400, 'The extract is not valid', problems));
  }
  return { type: String(type), parameters: parameters as Body };
}
