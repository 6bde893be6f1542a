/** `amp.event-types`: every kind of event with its number, which is what `amp.events.poll` takes. */
import * as z from 'zod';
import { operations } from '../operations.ts';
import { listJob } from './list-job.ts';

export const EventTypesParams = z.strictObject({});
export type EventTypesParams = z.output<typeof EventTypesParams>;

export const eventTypes = listJob<EventTypesParams>({
  type: 'amp.event-types',
  description: 'Lists the kinds of events that Cisco AMP reports, with their numbers, as NDJSON.',
  params: EventTypesParams,
  example: {},
  thing: 'event type',
  operations: [operations.listEventTypes],
  listOf: () => ({ operation: operations.listEventTypes }),
});
