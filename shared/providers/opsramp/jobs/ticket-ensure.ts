/**
 * `opsramp.ticket.ensure`: there is one ticket of an external id, and it says this.
 *
 * Guarantees: never two tickets for one external id by this job; a create whose answer was lost is
 * looked up before it is repeated. A ticket that is there is changed only where it differs.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { idIn } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { ticketFields, ticketOperations } from '../operations/tickets.ts';
import { ExternalId, findTicket, TicketKindParam } from './find-ticket.ts';
import { changesOf, plainJson } from './row-differences.ts';

export const TicketEnsureParams = z.strictObject({
  kind: TicketKindParam,
  externalId: ExternalId,
  ticket: z.strictObject(ticketFields).describe('What it says.'),
  alertId: Id.optional().describe('The alert that a new ticket belongs to.'),
});
export type TicketEnsureParams = z.output<typeof TicketEnsureParams>;

/** In this run of the job the create is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('creating'), run: z.int() });

export const ticketEnsure: JobType<TicketEnsureParams> = {
  type: 'opsramp.ticket.ensure',
  provider: 'opsramp',
  description: 'Creates the ticket of an external id, or changes it to say what it should.',
  params: TicketEnsureParams,
  example: {
    externalId: 'CMDB-20417',
    ticket: {
      subject: 'Disk of srv-backup-01 is full',
      description: 'Volume D has 1 % left',
      priority: 'High',
    },
  },
  budget: 'tickets.write',
  // Two that ensure one ticket at once would both find none.
  shards: 1,
  cost: {
    operations: Object.values(ticketOperations).flatMap(({ search, create, update }) => [
      search,
      create,
      update,
    ]),
    calls: 'two: a search, and the create or the change',
  },
  execute: ensureTicket,
};

async function ensureTicket(context: JobContext, params: TicketEnsureParams): Promise<JobEnd> {
  const { kind, externalId } = params;
  const ticket = plainJson(params.ticket);
  const begun = parseCheckpoint(Checkpoint, context.checkpoint)?.run === context.run;
  const existing = await findTicket(context, kind, externalId, 'before');
  // There after a create without an answer: this job's own doing.
  if (existing && begun) return created(params, idIn(existing, 'id'));
  if (existing) return bringInLine(context, params, ticket, existing);
  const { alertId } = params;
  context.checkpointAt({ phase: 'creating', run: context.run });
  const answer = await context.call(
    {
      operation: ticketOperations[kind].create,
      key: 'create',
      body: { ...ticket, extTicketId: externalId, ...(alertId === undefined ? {} : { alertId }) },
    },
    async () => (await findTicket(context, kind, externalId, 'look')) !== undefined,
  );
  if (answer.from === 'observed') {
    return { status: 'succeeded', summary: `would create a ticket for ${externalId}` };
  }
  const id = idIn(answer.body, 'id') ?? (await createdId(context, params));
  return created(params, id);
}

const created = (params: TicketEnsureParams, id: string | undefined): JobEnd =>
  end(params, `created ticket ${id ?? ''} for ${params.externalId}`, { id, created: true });

const createdId = async (context: JobContext, { kind, externalId }: TicketEnsureParams) =>
  idIn((await findTicket(context, kind, externalId, 'after')) ?? null, 'id');

async function bringInLine(
  context: JobContext,
  params: TicketEnsureParams,
  wanted: JsonObject,
  existing: JsonObject,
): Promise<JobEnd> {
  const id = idIn(existing, 'id') ?? '';
  const changes = changesOf(wanted, existing);
  const changed = Object.keys(changes);
  if (changed.length === 0) {
    return end(params, `ticket ${id} is there and says so`, { id, created: false, changed });
  }
  const operation = ticketOperations[params.kind].update;
  await context.call({ operation, key: 'update', path: { id }, body: changes });
  const did = context.observing ? 'would change' : 'changed';
  return end(params, `${did} ${changed.join(', ')} of ticket ${id}`, {
    id,
    created: false,
    changed,
  });
}

const end = (
  { kind, externalId }: TicketEnsureParams,
  summary: string,
  {
    id,
    created,
    changed = [],
  }: { id: string | undefined; created: boolean; changed?: readonly string[] },
): JobEnd => ({
  status: 'succeeded',
  summary,
  data: { kind, externalId, ticketId: id ?? null, created, changed },
});
