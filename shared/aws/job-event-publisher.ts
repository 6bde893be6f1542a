/** Puts what a job found on the event bus, so that rules elsewhere can react to it. */

import { EVENT_SOURCE } from '../config/reaction.ts';
import type { JobEvent, JobEventPublisher } from '../jobs/ports.ts';
import { invariant } from '../kernel/invariant.ts';
import { stringifyJson } from '../kernel/json.ts';
import { ENTRY_BYTES_MAX, type EventBusOptions, putEvents } from './put-events.ts';

/** Returns only after the bus took every event; whoever repeats it until it returns told of each. */
export const createJobEventPublisher = (options: EventBusOptions): JobEventPublisher => ({
  async publish(job, events) {
    const entries = events.map((event) => ({
      Source: EVENT_SOURCE,
      DetailType: event.type,
      Detail: detailOf(job, event),
      Time: new Date(event.atMs),
    }));
    await putEvents(options, entries);
  },
});

function detailOf(
  { id: jobId, account, tenant }: Parameters<JobEventPublisher['publish']>[0],
  { id, detail }: JobEvent,
): string {
  const text = stringifyJson({ ...detail, id, jobId, account, tenant });
  invariant(Buffer.byteLength(text) <= ENTRY_BYTES_MAX, 'a job event fits on the bus');
  return text;
}
