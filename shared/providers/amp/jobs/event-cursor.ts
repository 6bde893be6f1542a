/**
 * How far a poll has come, kept for the account from job to job under a name of the caller's.
 *
 * AMP's `start_date` is inclusive and in seconds, and connectors report late: each poll looks back over
 * the last one's end, and knows by id what it has told already.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';

export const EventCursor = z.object({
  /** The timestamp of the newest event there was, in seconds. */
  markS: z.int(),
  /** `seen` names every event from this second on that was told. */
  fromS: z.int(),
  seen: z.array(z.string()),
  /** What the events were chosen by, as text. */
  filter: z.string(),
});
export type EventCursor = z.output<typeof EventCursor>;

/** What a cursor needs to know of an event: a poll may come across a hundred thousand. */
export interface EventSeen {
  readonly key: string;
  /** In seconds; undefined where the event does not say. */
  readonly atS: number | undefined;
}

const noteOf = (name: string): string => `events-${name}`;

/** Throws `job.refused` where the cursor is that of other filters: its mark means nothing for these. */
export async function findCursor(
  context: JobContext,
  name: string,
  filter: string,
): Promise<EventCursor | undefined> {
  const kept = z.safeParse(EventCursor, await context.findKept(noteOf(name)));
  if (!kept.success) return undefined;
  if (kept.data.filter === filter) return kept.data;
  const problem = `"${name}" was begun with other filters: choose another name for these`;
  throw new SluiceError('job.refused', `the cursor ${problem}`, {
    fields: [{ field: 'params.cursor', problem }],
  });
}

export const keepCursor = (context: JobContext, name: string, at: EventCursor): Promise<void> =>
  context.keep(noteOf(name), at);

/**
 * The cursor after these events, all there are from `startS` on. A clock that is ahead does not take
 * the mark with it: what is dated before it would be missed.
 */
export function advance(
  before: EventCursor,
  events: readonly EventSeen[],
  { startS, overlapS, nowS }: { startS: number; overlapS: number; nowS: number },
): EventCursor {
  const times = events.map(({ atS = 0 }) => Math.min(atS, nowS));
  const markS = times.reduce((newest, atS) => Math.max(newest, atS), before.markS);
  const fromS = Math.max(startS, markS - overlapS);
  const recent = events.filter(({ atS = fromS }) => atS >= fromS);
  return { ...before, markS, fromS, seen: [...new Set(recent.map(({ key }) => key))] };
}
