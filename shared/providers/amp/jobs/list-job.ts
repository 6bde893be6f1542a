/** What the jobs have in common that only list: the rows of one operation as NDJSON. */
import * as z from 'zod';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import type { Operation } from '../../../jobs/operation.ts';
import { listRows } from '../../../jobs/put-rows.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { type List, listPages } from '../list-pages.ts';
import { READ_ONLY } from '../scopes.ts';

export interface ListJob<Params> {
  readonly type: string;
  readonly description: string;
  readonly params: z.ZodType<Params>;
  readonly example: Json;
  /** What a row is, for people: `computer`. */
  readonly thing: string;
  /** Where an s does not make it more. */
  readonly things?: string;
  /** Those that `listOf` chooses from. */
  readonly operations: readonly Operation[];
  readonly listOf: (params: Params) => Omit<List, 'key' | 'from'>;
  /** Default: every row. */
  readonly isMeant?: (row: JsonObject, params: Params, context: JobContext) => boolean;
  /** Top-level fields of a row that the caller chose. */
  readonly fieldsOf?: (params: Params) => readonly string[] | undefined;
}

const Field = z.string().regex(/^\w{1,64}$/, 'must be a field name such as connector_guid');

export const Fields = z
  .array(Field)
  .min(1)
  .max(100)
  .optional()
  .describe('Top-level fields of each row, as Cisco AMP names them; default all.');

export const listJob = <Params>(job: ListJob<Params>): JobType<Params> => ({
  type: job.type,
  provider: 'amp',
  description: job.description,
  params: job.params,
  example: job.example,
  budget: 'account',
  // Reads do not care for each other's order, but two long lists at once would both end later.
  shards: 2,
  cost: {
    operations: job.operations,
    calls: `one for each 500 ${job.things ?? `${job.thing}s`}`,
    permissions: READ_ONLY,
  },
  execute: (context, params) =>
    listRows(context, {
      thing: job.thing,
      pages: (from) => listPages(context, { ...job.listOf(params), key: 'page', from }),
      pick(row) {
        if (job.isMeant && !job.isMeant(row, params, context)) return undefined;
        return pickFields(row, job.fieldsOf?.(params));
      },
    }),
});

/** Every row has every chosen field, so that the rows of a list are alike. */
const pickFields = (row: JsonObject, fields: readonly string[] | undefined): Json =>
  fields === undefined
    ? row
    : Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
