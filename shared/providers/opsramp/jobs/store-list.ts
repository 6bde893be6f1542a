/** A search of OpsRamp as the result of a job, one NDJSON row each. */
import * as z from 'zod';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { listRows } from '../../../jobs/put-rows.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { type List, type ListedPage, listPages } from '../list-pages.ts';

export interface StoredList extends Pick<List, 'operation' | 'queryString' | 'idField'> {
  /** What a row is, for people: "alert". */
  readonly thing: string;
  /** What OpsRamp cannot filter by. */
  readonly isMeant?: (row: JsonObject) => boolean;
  /** Top-level fields of each row; default all. */
  readonly fields?: readonly string[] | undefined;
}

const Field = z.string().regex(/^\w{1,64}$/, 'must be a field name such as hostName');

export const Fields = z
  .array(Field)
  .min(1)
  .max(100)
  .optional()
  .describe('Top-level fields of each row, as OpsRamp names them; default all.');

export const storeList = (context: JobContext, list: StoredList): Promise<JobEnd> =>
  listRows(context, {
    thing: list.thing,
    pages: (from) => watchedPages(context, list, from),
    pick: (row) => (list.isMeant?.(row) === false ? undefined : pickFields(row, list.fields)),
  });

/** Warns where the list is another one at its end than it was at its beginning. */
async function* watchedPages(
  context: JobContext,
  { thing, ...list }: StoredList,
  from: number | undefined,
): AsyncGenerator<ListedPage> {
  let first: number | undefined;
  const pages = listPages(context, { ...list, key: 'page', ...(from !== undefined && { from }) });
  for await (const page of pages) {
    first ??= page.total;
    if (page.total !== first) {
      context.warn(
        `the ${thing}s changed while they were listed: one may be missing, or be there twice`,
      );
    }
    yield page;
  }
}

/** Every row has every chosen field, so that the rows of a list are alike. */
const pickFields = (row: JsonObject, fields: readonly string[] | undefined): Json =>
  fields === undefined
    ? row
    : Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
