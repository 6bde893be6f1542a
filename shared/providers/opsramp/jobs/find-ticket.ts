/** Tickets by the id that another system gave them: OpsRamp itself keeps several of one such id. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { days } from '../../../kernel/duration.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { findListed, idIn, requireRow } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { type TicketKind, ticketKinds, ticketOperations } from '../operations/tickets.ts';
import { SearchText, searchDate, toQueryString } from '../query-string.ts';

export const TicketKindParam = z
  .enum(ticketKinds)
  .default('incidents')
  .describe('The kind of ticket.');

export const ExternalId = SearchText.describe('Your own id of the ticket: how it is known.');

/** A ticket by either of its ids. */
export const ticketFieldsById = {
  kind: TicketKindParam,
  ticketId: Id.optional().describe('The ticket, by its id at OpsRamp.'),
  externalId: ExternalId.optional().describe('Or by your own id of it.'),
};

export interface TicketById {
  readonly kind: TicketKind;
  readonly ticketId?: string | number | undefined;
  readonly externalId?: string | undefined;
}

export const hasOneId = ({ ticketId, externalId }: TicketById): boolean =>
  (ticketId === undefined) !== (externalId === undefined);

export const ONE_ID = {
  path: ['ticketId'],
  error: 'must be given, or "externalId" instead of it, but not both',
};

/** Throws `job.refused` where none or several have the external id. */
export async function getTicket(context: JobContext, by: TicketById): Promise<JsonObject> {
  const { kind, ticketId, externalId = '' } = by;
  const id = ticketId ?? idIn((await findTicket(context, kind, externalId, 'find')) ?? null, 'id');
  if (id === undefined) {
    throw new SluiceError('job.refused', `none of the ${kind} has the external id "${externalId}"`);
  }
  const call = { operation: ticketOperations[kind].get, key: 'read', path: { id: String(id) } };
  const { body } = await context.call(call);
  return { ...requireRow(body, 'ticket'), id: String(id) };
}

/** Without dates OpsRamp looks at the last month only, and does not say so. */
const BEGINNING = searchDate(Date.UTC(2000, 0, 1));

/** The clocks need not agree. The same all day, so that each delivery of a job asks for the same. */
const endOfTomorrowMs = (nowMs: number): number => (Math.floor(nowMs / days(1)) + 2) * days(1);

/** The ticket of exactly this external id. Throws `job.refused` where there are several. */
export async function findTicket(
  context: JobContext,
  kind: TicketKind,
  externalId: string,
  key: string,
): Promise<JsonObject | undefined> {
  const list = {
    operation: ticketOperations[kind].search,
    key,
    queryString: toQueryString({
      extTicketId: externalId,
      startCreationDate: BEGINNING,
      endCreationDate: searchDate(endOfTomorrowMs(context.nowMs())),
    }),
    idField: 'id',
  };
  const found = await findListed(context, list, (row) => row['extTicketId'] === externalId);
  const [first, ...others] = found;
  if (others.length === 0) return first;
  const ids = found.map((row) => idIn(row, 'id')).join(', ');
  throw new SluiceError(
    'job.refused',
    `${found.length} of the ${kind} have the external id "${externalId}" (${ids}): name one by its id`,
  );
}
