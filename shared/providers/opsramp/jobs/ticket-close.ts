/**
 * `opsramp.ticket.close`: closes a ticket, unless it is closed.
 *
 * OpsRamp refuses where the flow of the tenant does not lead from its state to Closed; the job then
 * fails with that answer, and `opsramp.ticket.update` can move it on first.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { scalarText } from '../../../kernel/json.ts';
import { idIn } from '../list-pages.ts';
import { ticketOperations } from '../operations/tickets.ts';
import { getTicket, hasOneId, ONE_ID, ticketFieldsById } from './find-ticket.ts';
import { plainJson } from './row-differences.ts';

export const TicketCloseParams = z
  .strictObject({
    ...ticketFieldsById,
    reason: z.string().min(1).max(1_000).optional().describe('Why, where the flow demands it.'),
    notes: z.string().min(1).max(10_000).optional().describe('For people.'),
  })
  .refine(hasOneId, ONE_ID);
export type TicketCloseParams = z.output<typeof TicketCloseParams>;

export const ticketClose: JobType<TicketCloseParams> = {
  type: 'opsramp.ticket.close',
  provider: 'opsramp',
  description: 'Closes a ticket, which is named by its own id or by an external one.',
  params: TicketCloseParams,
  example: { externalId: 'CMDB-20417', reason: 'Fixed', notes: 'The disk was enlarged' },
  budget: 'tickets.write',
  shards: 1,
  cost: {
    operations: Object.values(ticketOperations).flatMap(({ search, get, close }) => [
      search,
      get,
      close,
    ]),
    calls: 'two, and a search for an external id',
  },
  execute: closeTicket,
};

async function closeTicket(context: JobContext, params: TicketCloseParams): Promise<JobEnd> {
  const { kind, reason, notes } = params;
  const ticket = await getTicket(context, params);
  const id = idIn(ticket, 'id') ?? '';
  const data = { kind, ticketId: id, before: ticket['status'] ?? null };
  if (scalarText(ticket['status']).toLowerCase() === 'closed') {
    return { status: 'succeeded', summary: `ticket ${id} is closed already`, data };
  }
  const operation = ticketOperations[kind].close;
  const body = plainJson({ reason, notes });
  await context.call({ operation, key: 'close', path: { id }, body });
  const did = context.observing ? 'would close' : 'closed';
  return { status: 'succeeded', summary: `${did} ticket ${id}`, data };
}
