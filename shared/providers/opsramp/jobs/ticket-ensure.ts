/**
 * `opsramp.ticket.ensure`: there is one ticket of an external id, and it says this.
 *
 * Guarantees: never two tickets for one external id by this job; a create whose answer was lost is
 * looked up before it is repeated. A ticket that is there is changed only where it differs.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
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
    calls: 'two: a search, and the create or the change; three for a new one with a status',
  },
  execute: ensureTicket,
};

async function ensureTicket(context: JobContext, params: TicketEnsureParams): Promise<JobEnd> {
  const { kind, externalId } = params;
  const ticket = plainJson(params.ticket);
  const begun = parseCheckpoint(Checkpoint, context.checkpoint)?.run === context.run;
  const existing = await findTicket(context, kind, externalId, 'before');
  // There after a create without an answer: this job's own doing.
  if (existing) return bringInLine(context, params, ticket, { row: existing, created: begun });
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
  const row = await madeRow(context, params, answer.body);
  return bringInLine(context, params, ticket, { row: { ...ticket, ...row }, created: true });
}

/** What is known of a ticket that was created. OpsRamp begins it as New, whatever state was asked for. */
async function madeRow(
  context: JobContext,
  { kind, externalId }: TicketEnsureParams,
  body: Json,
): Promise<JsonObject> {
  if (isJsonObject(body) && idIn(body, 'id') !== undefined) return body;
  return (await findTicket(context, kind, externalId, 'after')) ?? {};
}

async function bringInLine(
  context: JobContext,
  { kind, externalId }: TicketEnsureParams,
  wanted: JsonObject,
  { row, created }: { readonly row: JsonObject; readonly created: boolean },
): Promise<JobEnd> {
  const id = idIn(row, 'id');
  const changes = id === undefined ? {} : changesOf(wanted, row);
  const changed = Object.keys(changes);
  if (id !== undefined && changed.length > 0) {
    const operation = ticketOperations[kind].update;
    await context.call({ operation, key: 'update', path: { id }, body: changes });
  }
  const ticket = `ticket ${id ?? ''}`;
  const did = context.observing ? 'would change' : 'changed';
  const so = changed.length === 0 ? `${ticket} is there and says so` : undefined;
  const summary = created
    ? `created ${ticket} for ${externalId}`
    : (so ?? `${did} ${changed.join(', ')} of ${ticket}`);
  const data = { kind, externalId, ticketId: id ?? null, created, changed };
  return { status: 'succeeded', summary, data };
}
