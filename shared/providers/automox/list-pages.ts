/** Lists of the Automox console: `limit` and `page` from 0, until a page is not full. */
import { numberedPages, type Page, walkPages } from '../../http/pagination.ts';
import type { JobContext } from '../../jobs/job-type.ts';
import type { Operation, OperationCall } from '../../jobs/operation.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';

/** source: 'Automox developer portal: API standards': a limit above 500 is answered with 400. */
export const PAGE_ROWS_MAX = 500;

const style = numberedPages(PAGE_ROWS_MAX);

export interface List {
  readonly operation: Operation;
  /** Names the step inside the job; each page has a key of its own. */
  readonly key: string;
  readonly path?: NonNullable<OperationCall['path']>;
  readonly query?: NonNullable<OperationCall['query']>;
  /** The page to begin with; 0 by default. */
  readonly from?: number;
  /** Default: the `id` of a row. */
  readonly idOf?: (row: Json) => string | undefined;
}

export const listPages = (context: JobContext, list: List): AsyncGenerator<Page<number>> =>
  walkPages({
    style,
    ...(list.from === undefined ? {} : { from: list.from }),
    ...(list.idOf === undefined ? {} : { idOf: list.idOf }),
    async fetchPage(page) {
      const query = { ...list.query, limit: PAGE_ROWS_MAX, page };
      const call = { operation: list.operation, key: `${list.key}-${page}`, query };
      const path = list.path === undefined ? {} : { path: list.path };
      return (await context.call({ ...call, ...path })).body;
    },
  });

/** The first row that `isIt`; asks for no page more than it takes. */
export async function findListed(
  context: JobContext,
  list: List,
  isIt: (row: JsonObject) => boolean,
): Promise<JsonObject | undefined> {
  for await (const { rows } of listPages(context, list)) {
    const found = rows.filter(isJsonObject).find(isIt);
    if (found) return found;
  }
  return undefined;
}
