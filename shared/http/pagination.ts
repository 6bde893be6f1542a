/**
 * Walks a vendor's list page by page, whatever its way of paging.
 *
 * Guarantees: every row is yielded once, by id, also when rows shift between pages; the walk ends,
 * also against a vendor that ignores the page number; after each page the cursor to go on from is
 * known, so that a walk resumes in another process. Every page is one vendor call and one permit:
 * `fetchPage` may throw (no permit now), and the walk starts again from the last cursor yielded.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';

/** How a list is paged, as data; the cursor is whatever the style needs to ask for a page. */
export interface PageStyle<Cursor> {
  readonly first: Cursor;
  /** The cursor after this page, or undefined on the last. */
  next(page: { cursor: Cursor; body: Json; rows: readonly Json[] }): Cursor | undefined;
}

export interface Page<Cursor> {
  readonly cursor: Cursor;
  /** Rows not seen before in this walk. */
  readonly rows: readonly Json[];
  /** Where to resume after these rows are stored; undefined once the list is at its end. */
  readonly next: Cursor | undefined;
}

export interface Walk<Cursor> {
  readonly style: PageStyle<Cursor>;
  readonly fetchPage: (cursor: Cursor) => Promise<Json>;
  /** Where to resume; the first page by default. */
  readonly from?: Cursor;
  /** Identity of a row; rows without one are all kept. Default: its `id`. */
  readonly idOf?: (row: Json) => string | undefined;
  readonly pagesMax?: number;
}

/** 5 million rows at the smallest usual limit of 500: beyond, the vendor is repeating itself. */
const PAGES_MAX_DEFAULT = 10_000;

export async function* walkPages<Cursor>(walk: Walk<Cursor>): AsyncGenerator<Page<Cursor>> {
  const { style, fetchPage, idOf = rowId, pagesMax = PAGES_MAX_DEFAULT } = walk;
  const seen = new Set<string>();
  let cursor: Cursor | undefined = walk.from ?? style.first;
  for (let pages = 0; cursor !== undefined; pages += 1) {
    if (pages === pagesMax) {
      throw new SluiceError('provider.malformed-answer', `the list has over ${pagesMax} pages`);
    }
    const body = await fetchPage(cursor);
    const rows = pageRows(body);
    const fresh = rows.filter((row) => isFirst(idOf(row), seen));
    // A page of nothing new, empty ones included, is the end: asking on would not end by itself.
    const next: Cursor | undefined =
      fresh.length === 0 ? undefined : style.next({ cursor, body, rows });
    yield { cursor, rows: fresh, next };
    cursor = next;
  }
}

/** `limit` and `page` from 0: a page shorter than the limit is the last. */
export const numberedPages = (limit: number): PageStyle<number> => ({
  first: 0,
  next: ({ cursor, rows }) => (rows.length < limit ? undefined : cursor + 1),
});

/**
 * `pageNo` from 1 while the envelope says `nextPage: true`; its `nextPageNo` is not followed, for on
 * a last page it is absent or 0. A bare array is the whole list.
 */
export const flaggedPages: PageStyle<number> = {
  first: 1,
  next: ({ cursor, body }) =>
    isJsonObject(body) && body['nextPage'] === true ? cursor + 1 : undefined,
};

/**
 * `offset` in rows from 0, while `metadata.links` has a `next`; where there are no links at all, while
 * `metadata.results.total` says that there is more. The link is not followed, so that it cannot lead a
 * credential anywhere: the rows of the page say where the next one begins, whatever the counts claim.
 */
export const linkedOffsets: PageStyle<number> = {
  first: 0,
  next({ cursor, body, rows }) {
    const { links, results } = metadataOf(body);
    const reached = cursor + rows.length;
    if (isJsonObject(links)) return typeof links['next'] === 'string' ? reached : undefined;
    const total = isJsonObject(results) ? results['total'] : undefined;
    return typeof total === 'number' && total > reached ? reached : undefined;
  },
};

/** A cursor that the answer gives in a field of its own, until it is null: `{data, nextCursor}`. */
export const cursorPages = (field: string): PageStyle<string> => ({
  first: '',
  next({ body }) {
    const cursor = isJsonObject(body) ? body[field] : undefined;
    return typeof cursor === 'string' && cursor !== '' ? cursor : undefined;
  },
});

function metadataOf(body: Json): JsonObject {
  const metadata = isJsonObject(body) ? body['metadata'] : undefined;
  return isJsonObject(metadata) ? metadata : {};
}

/**
 * A bare array, `{results}` or `{data}`; an absent collection may be null. Throws on any other
 * body.
 */
export function pageRows(body: Json): readonly Json[] {
  const list = isJsonObject(body) ? (body['results'] ?? body['data']) : body;
  const known = !isJsonObject(body) || 'results' in body || 'data' in body;
  if (Array.isArray(list)) return list;
  if (known && (list === null || list === undefined)) return [];
  throw new SluiceError('provider.malformed-answer', 'the answer is not a list');
}

function rowId(row: Json): string | undefined {
  const id = isJsonObject(row) ? row['id'] : undefined;
  return typeof id === 'object' || id === undefined ? undefined : String(id);
}

function isFirst(id: string | undefined, seen: Set<string>): boolean {
  if (id === undefined) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return true;
}
