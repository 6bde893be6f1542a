/**
 * Tickets: five operations of the same shape for each kind. A search of incidents that names no
 * creation date looks at the last month only, and does not say so.
 */
import { days } from '../../../shared/kernel/duration.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import { settleStatus } from './alert-record.ts';
import { findDate, zonedDate } from './dates.ts';
import { fieldErrors, refuseIfAny } from './errors.ts';
import { has, pageOf, type Search, searchPage, since, until } from './listing.ts';
import {
  getNamed,
  isText,
  missingTexts,
  type OpsRampRoute,
  parseBody,
  parseOptionalBody,
  type TenantCall,
  tenantRoute,
} from './tenant-route.ts';
import { allowedFrom, PRIORITIES } from './ticket-flow.ts';
import { type Row, TICKET_KINDS, type TicketKind, type World } from './world.ts';

const MONTH_MS = days(30);

/** Prefix and digits of an id, such as INC0000001114. */
const PREFIXES: Readonly<Record<TicketKind, string>> = {
  incidents: 'INC',
  serviceRequests: 'SRQ',
  changeRequests: 'CHG',
  problems: 'PRB',
  tasks: 'TSK',
  timeBoundRequests: 'TBR',
};

const SEARCH: Search<Row> = {
  keys: {
    ...Object.fromEntries(
      ['id', 'status', 'priority', 'subject', 'extTicketId', 'source'].map((key) => [
        key,
        has(key),
      ]),
    ),
    startCreationDate: since('createdDate'),
    endCreationDate: until('createdDate'),
    startUpdationDate: since('updatedDate'),
    endUpdationDate: until('updatedDate'),
  },
  show: ({ responses, ...row }) => row,
};

export const ticketRoutes = (world: World): OpsRampRoute[] =>
  TICKET_KINDS.flatMap((kind) => [
    tenantRoute(world, 'GET', `/${kind}/search`, (call) => {
      const rows = [...call.tenant.tickets[kind].values()];
      const query = call.query.get('queryString') ?? '';
      const isBlind = kind === 'incidents' && !/(start|end)CreationDate:/.test(query);
      return searchPage(call, isBlind ? ofLastMonth(rows, call.nowMs) : rows, SEARCH);
    }),
    tenantRoute(world, 'POST', `/${kind}`, (call) => create(call, kind)),
    tenantRoute(world, 'GET', `/${kind}/:id`, (call) =>
      jsonResponse(200, detailOf(getNamed(call, call.tenant.tickets[kind]))),
    ),
    tenantRoute(world, 'POST', `/${kind}/:id`, (call) => update(call, kind)),
    tenantRoute(world, 'POST', `/${kind}/:id/responses`, (call) => respond(call, kind)),
    tenantRoute(world, 'GET', `/${kind}/:id/responses/search`, (call) =>
      pageOf(call, responsesOf(getNamed(call, call.tenant.tickets[kind])), { keys: {} }),
    ),
    tenantRoute(world, 'POST', `/${kind}/:id/close`, (call) => {
      const { reason } = parseOptionalBody(call);
      const ticket = getNamed(call, call.tenant.tickets[kind]);
      return changeTicket(call, ticket, { status: 'Closed', reason });
    }),
  ]);

const ofLastMonth = (rows: readonly Row[], nowMs: number): Row[] =>
  rows.filter(({ createdDate }) => nowMs - (findDate(createdDate) ?? 0) < MONTH_MS);

const responsesOf = (ticket: Row): Row[] => ticket['responses'] as Row[];

const detailOf = ({ responses, ...ticket }: Row): Row => ({
  ...ticket,
  allowedStatus: allowedFrom(ticket['status']).map((name) => ({ name, reasonsEnabled: false })),
});

/** Nothing is unique: the same external id twice makes two tickets. */
function create(call: TenantCall, kind: TicketKind): WireResponse {
  const { world, tenant, nowMs, wrote } = call;
  const body = parseBody(call);
  refuseIfAny({ ...missingTexts(body, 'subject', 'description'), ...priorityProblem(body) });
  const id = `${PREFIXES[kind]}${String(world.nextId()).padStart(10, '0')}`;
  tenant.tickets[kind].set(id, {
    extTicketId: '',
    resources: [],
    customFields: [],
    priority: 'Normal',
    ...body,
    ...{ id, status: 'New', oldStatus: '', source: 'INTEGRATION', responses: [] },
    ...{ createdDate: zonedDate(nowMs), updatedDate: zonedDate(nowMs) },
  });
  const record = tenant.alerts.get(String(body['alertId']));
  if (record !== undefined) {
    record.incidentId = id;
    record.alert.ticketed = true;
    settleStatus(record.alert);
  }
  wrote(1);
  return jsonResponse(200, { id, status: 'New' });
}

const priorityProblem = ({ priority }: Row): Record<string, string> =>
  priority === undefined || PRIORITIES.includes(String(priority))
    ? {}
    : { priority: `must be one of ${PRIORITIES.join(', ')}` };

function update(call: TenantCall, kind: TicketKind): WireResponse {
  const ticket = getNamed(call, call.tenant.tickets[kind]);
  const { id, createdDate, source, responses, ...changed } = parseBody(call);
  refuseIfAny(priorityProblem(changed));
  return changeTicket(call, ticket, changed);
}

function changeTicket(call: TenantCall, ticket: Row, changed: Row): WireResponse {
  const { status = ticket['status'], reason } = changed;
  const oldStatus = ticket['status'];
  if (status !== oldStatus) {
    if (!allowedFrom(oldStatus).some((name) => name === status)) {
      return fieldErrors({ status: `${oldStatus} cannot become ${status}` });
    }
    if (call.world.settings.ticketReasonRequired && !isText(reason)) {
      return fieldErrors({ reason: `is mandatory to leave ${oldStatus}` });
    }
    ticket['oldStatus'] = oldStatus;
  }
  Object.assign(ticket, changed, { status, updatedDate: zonedDate(call.nowMs) });
  call.wrote(1);
  return jsonResponse(200, detailOf(ticket));
}

function respond(call: TenantCall, kind: TicketKind): WireResponse {
  const ticket = getNamed(call, call.tenant.tickets[kind]);
  const body = parseBody(call);
  refuseIfAny(missingTexts(body, 'description'));
  const id = String(call.world.nextId());
  const response = { internal: false, ...body, id, createdDate: zonedDate(call.nowMs) };
  responsesOf(ticket).push(response);
  call.wrote(1);
  return jsonResponse(200, response);
}
