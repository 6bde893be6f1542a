/** Searches: which rows, in which order, and one page of them in OpsRamp's envelope. */
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import { findDate } from './dates.ts';
import { fieldErrors, refuse } from './errors.ts';
import { parseQueryString, type Query } from './query-string.ts';
import type { TenantCall } from './tenant-route.ts';
import type { Row } from './world.ts';

/** Whether a row has one of the values given for a key; the rest of the query may matter too. */
export type Matcher<T> = (row: T, values: readonly string[], query: Query) => boolean;

export interface Search<T> {
  readonly keys: Readonly<Record<string, Matcher<T>>>;
  /** `id` when absent. */
  readonly sortName?: string;
  /** True when absent: newest first. */
  readonly descending?: boolean;
  /** 100 when absent. */
  readonly pageSize?: number;
  /** What a row looks like in the answer; itself when absent. */
  readonly show?: (row: T) => object;
}

export function searchPage<T extends object>(
  call: TenantCall,
  rows: Iterable<T>,
  search: Search<T>,
): WireResponse {
  const found = selectRows(rows, search, parseQueryString(call.query, Object.keys(search.keys)));
  return pageOf(call, found, search);
}

export function selectRows<T>(rows: Iterable<T>, { keys }: Search<T>, query: Query): T[] {
  return [...rows].filter((row) =>
    [...query].every(([key, values]) => keys[key]?.(row, values, query) ?? true),
  );
}

export function pageOf<T extends object>(
  { query, world: { settings } }: TenantCall,
  rows: readonly T[],
  { sortName = 'id', descending = true, pageSize = 100, show = (row) => row }: Search<T>,
): WireResponse {
  const number = parsePositive(query, 'pageNo') ?? 1;
  const size = Math.min(parsePositive(query, 'pageSize') ?? pageSize, settings.pageSizeMax);
  const orderBy = query.get('sortName') ?? sortName;
  const isDescending = parseBoolean(query, 'isDescendingOrder') ?? descending;
  const sorted = rows.toSorted((a, b) => compare(a, b, orderBy) * (isDescending ? -1 : 1));
  const nextPage = number * size < rows.length;
  const noNext = settings.lastNextPageNo === 'zero' ? { nextPageNo: 0 } : {};
  return jsonResponse(200, {
    results: sorted.slice((number - 1) * size, number * size).map(show),
    totalResults: rows.length,
    orderBy,
    pageNo: number,
    pageSize: size,
    totalPages: Math.ceil(rows.length / size),
    nextPage,
    ...(nextPage ? { nextPageNo: number + 1 } : noNext),
    previousPageNo: number - 1,
    descendingOrder: isDescending,
  });
}

/** In any case: `CRITICAL` finds `Critical`. */
export const has =
  (field: string) =>
  (row: object, values: readonly string[]): boolean =>
    values.some((value) => same(String((row as Row)[field] ?? ''), value));

export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const since =
  <T extends object>(field: string | ((row: T, query: Query) => unknown)): Matcher<T> =>
  (row, values, query) =>
    dateIn(row, field, query) >= parseDate(values[0]);

export const until =
  <T extends object>(field: string | ((row: T, query: Query) => unknown)): Matcher<T> =>
  (row, values, query) =>
    dateIn(row, field, query) <= parseDate(values[0]);

function dateIn<T extends object>(
  row: T,
  field: string | ((row: T, query: Query) => unknown),
  query: Query,
): number {
  const text = typeof field === 'string' ? (row as Row)[field] : field(row, query);
  return findDate(text) ?? Number.NaN;
}

function parseDate(text: string | undefined): number {
  return findDate(text) ?? refuse(fieldErrors({ queryString: `"${text}" is not a date` }));
}

export function parsePositive(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^[1-9]\d*$/.test(text)) refuse(fieldErrors({ [name]: 'must be a positive integer' }));
  return Number(text);
}

function parseBoolean(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text !== null && text !== 'true' && text !== 'false') {
    refuse(fieldErrors({ [name]: 'must be true or false' }));
  }
  return text === null ? undefined : text === 'true';
}

/** Numbers in text as numbers, so that alert 10 comes after alert 9. */
function compare(a: object, b: object, field: string): number {
  const [left, right] = [String((a as Row)[field] ?? ''), String((b as Row)[field] ?? '')];
  const [leftNumber, rightNumber] = [Number(left), Number(right)];
  if (!Number.isNaN(leftNumber) && !Number.isNaN(rightNumber)) return leftNumber - rightNumber;
  return left < right ? -1 : Number(left > right);
}
