/**
 * `template.things.query`: the things of a tenant as a list, one NDJSON row a thing.
 *
 * Guarantees: a page that is stored is not asked for again in the same run.
 */
import * as z from 'zod';
import { numberedPages, walkPages } from '../../../../shared/http/pagination.ts';
import { parseCheckpoint } from '../../../../shared/jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../../shared/jobs/job-type.ts';
import { operations, PAGE_ROWS_MAX } from '../operations.ts';

export const ThingsQueryParams = z.strictObject({
  color: z.string().min(1).optional().describe('Things of this colour; default all.'),
});
export type ThingsQueryParams = z.output<typeof ThingsQueryParams>;

const Checkpoint = z.object({
  run: z.int(),
  /** The page to ask for next; null once all are stored. */
  page: z.int().nullable(),
  parts: z.int(),
  rows: z.int(),
});

export const thingsQuery: JobType<ThingsQueryParams> = {
  type: 'template.things.query',
  provider: 'template',
  description: 'Lists the things of the tenant, as NDJSON.',
  params: ThingsQueryParams,
  example: { color: 'red' },
  budget: 'account',
  shards: 1,
  execute: queryThings,
};

async function queryThings(context: JobContext, { color }: ThingsQueryParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  // A retried job starts over: half of yesterday's list and half of today's are no list.
  const begun = stored?.run === context.run ? stored : undefined;
  let at = begun ?? { run: context.run, page: 0, parts: 0, rows: 0 };
  if (at.page !== null) {
    for await (const page of pagesOf(context, color, at.page)) {
      await context.putPart(page.cursor, page.rows);
      const rows = at.rows + page.rows.length;
      at = { ...at, page: page.next ?? null, parts: page.cursor + 1, rows };
      context.checkpointAt(at, { done: rows, unit: 'things' });
    }
  }
  return { status: 'succeeded', summary: `${at.rows} things listed`, parts: at.parts };
}

const pagesOf = (context: JobContext, color: string | undefined, from: number) =>
  walkPages({
    style: numberedPages(PAGE_ROWS_MAX),
    from,
    async fetchPage(page) {
      const query = { color, limit: PAGE_ROWS_MAX, page };
      const call = { operation: operations.listThings, key: `page-${page}`, query };
      return (await context.call(call)).body;
    },
  });
