/**
 * Reads all events from an instant on, page by page, and keeps the pages beside the job.
 *
 * AMP lists the newest first and new ones push the others back: a later page may repeat rows, and may
 * hold nothing but repeats. So a repeat ends nothing here; only the end of the list does.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { OperationCall } from '../../../jobs/operation.ts';
import { isJsonObject, type JsonObject } from '../../../kernel/json.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';

/** 100,000 events: more are no poll but an export. */
const PAGES_MAX = 200;

export const ReadPhase = z.object({
  phase: z.literal('read'),
  run: z.int(),
  /** The second from which on events are read. */
  startS: z.int(),
  /** Where the next page begins; null once all are kept. */
  cursor: z.int().nullable(),
  pages: z.int(),
});
export type ReadPhase = z.output<typeof ReadPhase>;

/** Answers how many pages were kept. Throws `job.refused` where there are too many. */
export async function readEvents(
  context: JobContext,
  query: NonNullable<OperationCall['query']>,
  startS: number,
  begun: ReadPhase | undefined,
): Promise<number> {
  let at: ReadPhase = begun ?? { phase: 'read', run: context.run, startS, cursor: 0, pages: 0 };
  if (at.cursor === null) return at.pages;
  const pages = listPages(context, {
    operation: operations.listEvents,
    key: 'page',
    query,
    from: at.cursor,
    idOf: () => undefined,
  });
  for await (const { rows, next } of pages) {
    if (at.pages === PAGES_MAX) throw tooMany();
    await context.putNote(noteOf(at.pages), rows);
    at = { ...at, cursor: next ?? null, pages: at.pages + 1 };
    context.checkpointAt(at, { done: at.pages, unit: 'pages' });
  }
  return at.pages;
}

export async function getEvents(context: JobContext, page: number): Promise<JsonObject[]> {
  const rows = await context.findNote(noteOf(page));
  if (Array.isArray(rows)) return rows.filter(isJsonObject);
  throw new SluiceError('job.refused', 'the events it had read are gone: submit it again');
}

const noteOf = (page: number): string => `events-${page}`;

function tooMany(): SluiceError {
  const problem = 'has over 100,000 events to read: begin another one at a later instant';
  return new SluiceError('job.refused', `the cursor ${problem}`, {
    fields: [{ field: 'params.cursor', problem }],
  });
}
