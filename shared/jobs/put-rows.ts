/**
 * A vendor's list as the result of a job, one NDJSON row each: what all queries do.
 *
 * Guarantees: every page is asked for; a page that is stored is not asked for again in the same run. A
 * retried job starts over: half of yesterday's list and half of today's are no list.
 */
import * as z from 'zod';
import type { Page } from '../http/pagination.ts';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { count } from './count.ts';
import type { JobContext, JobEnd } from './job-type.ts';

export const RowsPhase = z.object({
  run: z.int(),
  /** Where the next page begins; null once all are stored. */
  cursor: z.int().nullable(),
  /** Pages stored. */
  parts: z.int(),
  /** Rows that were listed, and those that were meant. */
  read: z.int(),
  rows: z.int(),
});
export type RowsPhase = z.output<typeof RowsPhase>;

export interface RowSource {
  /** What a row is, for people: `group`. */
  readonly thing: string;
  /** From the cursor, or from the first page. */
  readonly pages: (from: number | undefined) => AsyncGenerator<Page<number>>;
  /** The row of the result; undefined where it is not meant. Default: every row as it is. */
  readonly pick?: (row: JsonObject) => Json | undefined;
  /** Before a page is counted as stored. */
  readonly onPage?: (part: number, rows: readonly Json[]) => Promise<void>;
}

/** A whole job that lists. */
export async function listRows(context: JobContext, source: RowSource): Promise<JobEnd> {
  return endOfRows(await putRows(context, source), source.thing);
}

export async function putRows(
  context: JobContext,
  { thing, pages, pick = (row) => row, onPage }: RowSource,
): Promise<RowsPhase> {
  const { run } = context;
  const stored = parseCheckpoint(RowsPhase, context.checkpoint);
  const goesOn = stored?.run === run;
  let at: RowsPhase = goesOn ? stored : { run, cursor: null, parts: 0, read: 0, rows: 0 };
  if (goesOn && at.cursor === null) return at;
  for await (const page of pages(at.cursor ?? undefined)) {
    const listed = page.rows.filter(isJsonObject);
    const rows = listed.map(pick).filter((row) => row !== undefined);
    await context.putPart(at.parts, rows);
    await onPage?.(at.parts, rows);
    at = {
      run,
      cursor: page.next ?? null,
      parts: at.parts + 1,
      read: at.read + listed.length,
      rows: at.rows + rows.length,
    };
    context.checkpointAt(at, { done: at.read, unit: `${thing}s` });
  }
  return at;
}

export function endOfRows({ rows, read, parts }: RowsPhase, thing: string): JobEnd {
  const listed = `${count(rows, thing)} listed`;
  const summary = rows === read ? listed : `${listed} of ${read.toLocaleString('en-US')} read`;
  return { status: 'succeeded', summary, parts };
}
