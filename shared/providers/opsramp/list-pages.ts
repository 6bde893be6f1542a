/**
 * Lists of OpsRamp: `pageNo` from 1 while the answer says that there is a next page. Oldest first unless
 * said otherwise, so that what comes in meanwhile is at the end and shifts nothing.
 */
import { ProviderError } from '../../errors/provider-error.ts';
import { flaggedPages, type Page, walkPages } from '../../http/pagination.ts';
import type { JobContext } from '../../jobs/job-type.ts';
import type { Operation } from '../../jobs/operation.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';
import { findInstantMs } from './query-string.ts';

/** source: 'OpsRamp documentation, samples': 500; no maximum is named, and fewer do no harm. */
const PAGE_ROWS = 500;

export interface List {
  readonly operation: Operation;
  /** Names the step inside the job; each page has a key of its own. */
  readonly key: string;
  readonly path?: Readonly<Record<string, string | number>>;
  readonly queryString?: string | undefined;
  /** What a row is known by. */
  readonly idField: string;
  /** The page to begin with; 1 by default. */
  readonly from?: number;
  /** What comes in meanwhile pushes the rest back: rows repeat, and none is missed. */
  readonly newestFirst?: boolean;
}

export interface ListedPage extends Page<number> {
  readonly rows: readonly JsonObject[];
  /** How many rows there are, as far as OpsRamp says. */
  readonly total: number | undefined;
}

export async function* listPages(context: JobContext, list: List): AsyncGenerator<ListedPage> {
  let total: number | undefined;
  const pages = walkPages({
    style: flaggedPages,
    ...(list.from === undefined ? {} : { from: list.from }),
    idOf: (row) => idIn(row, list.idField),
    async fetchPage(pageNo) {
      const { operation, path, queryString, newestFirst: isDescendingOrder = false } = list;
      const query = { pageNo, pageSize: PAGE_ROWS, isDescendingOrder, queryString };
      const call = { operation, key: `${list.key}-${pageNo}`, query, ...(path && { path }) };
      const { body } = await context.call(call);
      const told = isJsonObject(body) ? body['totalResults'] : undefined;
      total = typeof told === 'number' ? told : undefined;
      return body;
    },
  });
  for await (const page of pages) yield { ...page, rows: page.rows.filter(isJsonObject), total };
}

/** Every row that `isIt`, of all pages. */
export async function findListed(
  context: JobContext,
  list: List,
  isIt: (row: JsonObject) => boolean,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const { rows } of listPages(context, list)) {
    for (const row of rows) if (isIt(row)) found.push(row);
  }
  return found;
}

/**
 * Every row of that instant or later, newest first. A list that grows for ever is left where the dates
 * show that all the rest is older; what OpsRamp sorts by it does not say, so nothing else shows it.
 */
export async function findSince(
  context: JobContext,
  list: Omit<List, 'newestFirst'>,
  { dateField, sinceMs }: { readonly dateField: string; readonly sinceMs: number },
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const { rows } of listPages(context, { ...list, newestFirst: true })) {
    const dated = rows.map((row) => ({ row, atMs: findInstantMs(row[dateField]) ?? Number.NaN }));
    for (const { row, atMs } of dated) if (atMs >= sinceMs) found.push(row);
    const sorted = dated.every(({ atMs }, at) => atMs <= (dated[at - 1]?.atMs ?? atMs));
    if (sorted && (dated.at(-1)?.atMs ?? sinceMs) < sinceMs) break;
  }
  return found;
}

export function idIn(row: Json, field: string): string | undefined {
  const id = isJsonObject(row) ? row[field] : undefined;
  return typeof id === 'string' || typeof id === 'number' || typeof id === 'bigint'
    ? String(id)
    : undefined;
}

/** The single thing of an answer. Throws where it is none: what it is like nobody knows then. */
export function requireRow(body: Json, thing: string): JsonObject {
  if (isJsonObject(body)) return body;
  throw new ProviderError('provider.malformed-answer', `OpsRamp answered no ${thing}`);
}
