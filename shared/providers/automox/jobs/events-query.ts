/**
 * `automox.events.query`: what happened in an organization, newest first, one NDJSON row each; or how
 * many events there were.
 *
 * An event that happens while older ones are listed shifts the pages: one may then be there twice.
 * None is missing.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { operations } from '../operations.ts';
import { listRows } from './list-rows.ts';

const Day = z.iso.date('must be a day such as "2026-01-31"');

export const EventsQueryParams = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z._]{1,100}$/, 'must be a name such as "system.patch.applied"')
      .optional()
      .describe('Only events of this name, such as system.patch.failed.'),
    policyId: Id.optional().describe('Only of this policy.'),
    deviceId: Id.optional().describe('Only of this device.'),
    userId: Id.optional().describe('Only by this user.'),
    from: Day.optional().describe('From this day on, in UTC.'),
    to: Day.optional().describe('Up to this day, which is included.'),
    countOnly: z.boolean().default(false).describe('Answer how many there are, without the rows.'),
  })
  .refine(({ from = '', to }) => to === undefined || from <= to, {
    path: ['to'],
    error: 'must not be before "from"',
  });
export type EventsQueryParams = z.output<typeof EventsQueryParams>;

export const eventsQuery: JobType<EventsQueryParams> = {
  type: 'automox.events.query',
  provider: 'automox',
  description: 'Lists the events of the organization, newest first, as NDJSON; or counts them.',
  params: EventsQueryParams,
  example: { name: 'system.patch.failed', from: '2026-01-01', to: '2026-01-31' },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.listEvents],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: queryEvents,
};

async function queryEvents(context: JobContext, params: EventsQueryParams): Promise<JobEnd> {
  const { name, policyId, deviceId, userId, from, to } = params;
  const query = {
    eventName: name,
    policyId,
    serverId: deviceId,
    userId,
    startDate: from,
    endDate: to,
  };
  if (!params.countOnly) {
    const list = { operation: operations.listEvents, key: 'page', query };
    return listRows(context, list, { thing: 'event' });
  }
  // source: 'Automox console API, observed': countOnly is the integer 1, `true` is answered with 400.
  const call = {
    operation: operations.listEvents,
    key: 'count',
    query: { ...query, countOnly: 1 },
  };
  const { body } = await context.call(call);
  const size = isJsonObject(body) ? body['size'] : undefined;
  if (typeof size !== 'number') {
    throw new ProviderError('provider.malformed-answer', 'Automox answered no number of events');
  }
  return { status: 'succeeded', summary: count(size, 'event'), data: { count: size } };
}
