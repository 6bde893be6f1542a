/**
 * `automox.servers.query`: the devices of an organization as a list, one NDJSON row a device.
 *
 * Guarantees: every page is asked for, also behind a last one that is exactly full; a page that is
 * stored is not asked for again in the same run. Devices that come or go between two pages shift the
 * rest at the vendor: where that may have happened the job says so in a warning.
 */
import * as z from 'zod';
import type { Page } from '../../../http/pagination.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { readDevice } from '../device.ts';
import { flag, isSelected, selectionFields, selectionQuery } from '../device-selection.ts';
import { type List, listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';

const Filters = z.strictObject({
  ...selectionFields,
  includeDetails: z.boolean().optional().describe('Fills the field detail of each device.'),
  includeServerEvents: z.boolean().optional().describe('Adds the events of each device.'),
  includeNextPatchTime: z.boolean().optional().describe('Adds next_patch_time.'),
  excludePolicyStatus: z.boolean().optional().describe('Leaves policy_status empty.'),
});

const Field = z.string().regex(/^\w{1,64}$/, 'must be a field name such as os_family');

export const ServersQueryParams = z.strictObject({
  filters: Filters.default({}).describe('Which devices, and what of them; default all devices.'),
  fields: z
    .array(Field)
    .min(1)
    .max(100)
    .optional()
    .describe('Top-level fields of each row, as Automox names them; default all.'),
});
export type ServersQueryParams = z.output<typeof ServersQueryParams>;

const Checkpoint = z.object({
  run: z.int(),
  /** The page to ask for next; null once all are stored. */
  page: z.int().nullable(),
  /** Pages stored. */
  parts: z.int(),
  /** Devices that were listed, and how many Automox says there are. */
  read: z.int(),
  total: z.int().nullable(),
  /** Devices that were meant. */
  rows: z.int(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const serversQuery: JobType<ServersQueryParams> = {
  type: 'automox.servers.query',
  provider: 'automox',
  description: 'Lists the devices of the organization that match the filters, as NDJSON.',
  params: ServersQueryParams,
  example: {
    filters: { groupId: 23500, osFamily: 'Windows', name: 'WS-*' },
    fields: ['id', 'name', 'os_version', 'tags', 'compliant'],
  },
  budget: 'servers.list',
  // One list after the other: two that share 29 requests a minute would both be done later.
  shards: 1,
  cost: {
    operations: [operations.listServers],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: queryServers,
};

async function queryServers(context: JobContext, params: ServersQueryParams): Promise<JobEnd> {
  let at = begin(context);
  if (at.page !== null) {
    for await (const page of listPages(context, { ...listOf(params), from: at.page })) {
      at = await storePage(context, params, at, page);
      const progress = { done: at.read, unit: 'devices' };
      context.checkpointAt(at, at.total === null ? progress : { ...progress, total: at.total });
    }
  }
  const listed = `${count(at.rows, 'device')} listed`;
  const summary = at.rows === at.read ? listed : `${listed} of ${at.read} that Automox answered`;
  return { status: 'succeeded', summary, parts: at.parts };
}

/** A retried job starts over: half of yesterday's list and half of today's are no list. */
function begin({ checkpoint, run }: JobContext): Checkpoint {
  const stored = parseCheckpoint(Checkpoint, checkpoint);
  if (stored?.run === run) return stored;
  return { run, page: 0, parts: 0, read: 0, total: null, rows: 0 };
}

const listOf = ({ filters }: ServersQueryParams): List => ({
  operation: operations.listServers,
  key: 'page',
  query: {
    ...selectionQuery(filters),
    include_details: flag(filters.includeDetails),
    include_server_events: flag(filters.includeServerEvents),
    include_next_patch_time: flag(filters.includeNextPatchTime),
    exclude_policy_status: flag(filters.excludePolicyStatus),
  },
});

async function storePage(
  context: JobContext,
  { filters, fields }: ServersQueryParams,
  at: Checkpoint,
  page: Page<number>,
): Promise<Checkpoint> {
  const listed = page.rows.filter(isJsonObject);
  const meant = listed.filter((row) => isSelected(filters, readDevice(row)));
  if (page.cursor === 0) warnOfAbsentFields(context, listed, fields);
  await context.putPart(
    page.cursor,
    meant.map((row) => pickFields(row, fields)),
  );
  const read = at.read + listed.length;
  const total = findTotal(listed) ?? at.total;
  const moved = at.total !== null && total !== at.total;
  const short = page.next === undefined && total !== null && total !== read;
  if (moved || short) context.warn(SHIFTED);
  const rows = at.rows + meant.length;
  return { ...at, page: page.next ?? null, parts: page.cursor + 1, read, total, rows };
}

const SHIFTED = 'the fleet changed while it was listed: a device may be missing, or be there twice';

/** Every row has every chosen field, so that the rows of a list are alike. */
const pickFields = (row: JsonObject, fields: readonly string[] | undefined): Json =>
  fields === undefined
    ? row
    : Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));

function warnOfAbsentFields(
  context: JobContext,
  rows: readonly JsonObject[],
  fields: readonly string[] = [],
): void {
  if (rows.length === 0) return;
  for (const field of fields.filter((name) => !rows.some((row) => Object.hasOwn(row, name)))) {
    context.warn(`no device has a field "${field}": check its spelling`);
  }
}

/** source: 'Automox console API, OpenAPI description': each row carries total_count. */
function findTotal(rows: readonly JsonObject[]): number | undefined {
  const total = rows[0]?.['total_count'];
  return typeof total === 'number' && Number.isSafeInteger(total) ? total : undefined;
}
