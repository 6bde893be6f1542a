/** `limit` and `page`, counted from 0, as most listings of the console have them. */
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import { errorTexts, refuse } from './errors.ts';
import { parseInteger } from './org-route.ts';

export interface Page {
  readonly limit: number;
  readonly page: number;
}

export interface PageRules {
  readonly limitMax: number;
  readonly limitDefault: number;
  /** Whether both parameters have to be given. */
  readonly required: boolean;
}

const LISTING: PageRules = { limitMax: 500, limitDefault: 500, required: false };

/** Throws Refusal with 400 outside of the range. */
export function parsePage(query: URLSearchParams, rules: Partial<PageRules> = {}): Page {
  const { limitMax, limitDefault, required } = { ...LISTING, ...rules };
  const limit = parseInteger(query, 'limit');
  const page = parseInteger(query, 'page');
  if (required && (limit === undefined || page === undefined)) {
    refuse(errorTexts(400, 'limit and page are required'));
  }
  if (limit !== undefined && (limit < 1 || limit > limitMax)) {
    refuse(errorTexts(400, `limit must be between 1 and ${limitMax}`));
  }
  if (page !== undefined && page < 0) refuse(errorTexts(400, 'page must not be negative'));
  return { limit: limit ?? limitDefault, page: page ?? 0 };
}

/** The rows of one page; none past the end, also when the last page was exactly full. */
export const pageOf = <T>(rows: readonly T[], { limit, page }: Page): readonly T[] =>
  rows.slice(page * limit, (page + 1) * limit);

/** `{data,metadata}`, as the newer services page. */
export function metadataPage<T>(rows: readonly T[], page: Page): WireResponse {
  return jsonResponse(200, {
    data: pageOf(rows, page),
    metadata: {
      current_page: page.page,
      total_pages: Math.ceil(rows.length / page.limit),
      total_count: rows.length,
      limit: page.limit,
    },
  });
}
