/** `opsramp.ticket.update`: changes a ticket, where it does not say so already. */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { idIn } from '../list-pages.ts';
import { ticketFields, ticketOperations } from '../operations/tickets.ts';
import { getTicket, hasOneId, ONE_ID, ticketFieldsById } from './find-ticket.ts';
import { changesOf, plainJson } from './row-differences.ts';

const Changes = z
  .strictObject(ticketFields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'must change something')
  .describe('What changes.');

export const TicketUpdateParams = z
  .strictObject({ ...ticketFieldsById, changes: Changes })
  .refine(hasOneId, ONE_ID);
export type TicketUpdateParams = z.output<typeof TicketUpdateParams>;

export const ticketUpdate: JobType<TicketUpdateParams> = {
  type: 'opsramp.ticket.update',
  provider: 'opsramp',
  description: 'Changes a ticket, which is named by its own id or by an external one.',
  params: TicketUpdateParams,
  example: { externalId: 'CMDB-20417', changes: { priority: 'Urgent', status: 'Open' } },
  budget: 'tickets.write',
  // Two changes of one ticket must not change places.
  shards: 1,
  cost: {
    operations: Object.values(ticketOperations).flatMap(({ search, get, update }) => [
      search,
      get,
      update,
    ]),
    calls: 'two, and a search for an external id',
  },
  execute: updateTicket,
};

async function updateTicket(context: JobContext, params: TicketUpdateParams): Promise<JobEnd> {
  const ticket = await getTicket(context, params);
  const id = idIn(ticket, 'id') ?? '';
  const changes = changesOf(plainJson(params.changes), ticket);
  const changed = Object.keys(changes);
  const data = { kind: params.kind, ticketId: id, changed };
  if (changed.length === 0) {
    return { status: 'succeeded', summary: `ticket ${id} says so already`, data };
  }
  const operation = ticketOperations[params.kind].update;
  await context.call({ operation, key: 'update', path: { id }, body: changes });
  const did = context.observing ? 'would change' : 'changed';
  return { status: 'succeeded', summary: `${did} ${changed.join(', ')} of ticket ${id}`, data };
}
