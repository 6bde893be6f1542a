/**
 * `limit` and `offset`, both in rows. `next` is absent on the last page, also when that page is full:
 * there is never an empty page behind it.
 */
import type { WireHead, WireResponse } from '../frame/wire.ts';
import { answer, refuse } from './envelope.ts';
import { linkTo } from './links.ts';
import { integerOf } from './query.ts';
import type { AmpSettings } from './settings.ts';

/** Source: Cisco AMP for Endpoints API: Metadata section, "a current limit of 500 results". */
const LIMIT_MAX = 500;

/** The parameters of a listing, for the list of those that a route accepts. */
export const PAGE = ['limit', 'offset'] as const;

/** One page of `rows`; `wrap` puts them beside other things. Throws Refusal with 400. */
export function pageAnswer<T>(
  head: WireHead,
  settings: AmpSettings,
  rows: readonly T[],
  rowOf: (row: T) => unknown,
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): WireResponse {
  const limit = parseLimit(head, settings);
  const index = integerOf(head, 'offset') ?? 0;
  const page = rows.slice(index, index + limit).map(rowOf);
  const at = (offset: number, origin?: string) =>
    linkTo(head, head.path, turnedTo(head.query, limit, offset), origin);
  const metadata = {
    links: {
      self: linkTo(head, head.path, head.query),
      ...(index > 0 ? { prev: at(Math.max(0, index - limit)) } : {}),
      ...(index + limit < rows.length
        ? { next: at(index + limit, settings.nextOrigin ?? undefined) }
        : {}),
    },
    results: {
      total: rows.length,
      current_item_count: page.length + Number(settings.miscountsItems),
      index,
      items_per_page: limit,
    },
  };
  return answer(200, metadata, wrap(page));
}

/** How many rows are asked for, at most. Throws Refusal with 400. */
export function parseLimit(head: WireHead, { limitAboveMax }: AmpSettings): number {
  const limit = integerOf(head, 'limit') ?? LIMIT_MAX;
  if (limit === 0 || (limit > LIMIT_MAX && limitAboveMax === 'refuse')) {
    refuse(head, 400, `limit must be between 1 and ${LIMIT_MAX}`);
  }
  return Math.min(limit, LIMIT_MAX);
}

function turnedTo(query: URLSearchParams, limit: number, offset: number): URLSearchParams {
  const turned = new URLSearchParams(query);
  turned.set('limit', String(limit));
  turned.set('offset', String(offset));
  return turned;
}
