/** Lists of the Cisco AMP API: 500 rows a page, `offset` in rows, a `next` link while there is more. */
import { linkedOffsets, type Page, walkPages } from '../../http/pagination.ts';
import type { JobContext } from '../../jobs/job-type.ts';
import type { Operation, OperationCall } from '../../jobs/operation.ts';
import { isJsonObject, type Json, scalarText, stringifyJson } from '../../kernel/json.ts';

export interface List {
  readonly operation: Operation;
  /** Names the step inside the job; each page has a key of its own. */
  readonly key: string;
  readonly path?: NonNullable<OperationCall['path']>;
  readonly query?: NonNullable<OperationCall['query']>;
  /** The offset to begin with; 0 by default. */
  readonly from?: number | undefined;
  /** Default: what the API calls things by. */
  readonly idOf?: (row: Json) => string | undefined;
  /** Told of each page, before its rows are yielded, how many rows the list has in all. */
  readonly onTotal?: (total: number) => void;
}

/**
 * `limit` is never sent, for 500 is both its default and its most, nor is the first `offset`: a
 * parameter that an operation does not expect is answered with 400.
 */
export const listPages = (context: JobContext, list: List): AsyncGenerator<Page<number>> =>
  walkPages({
    style: linkedOffsets,
    idOf: list.idOf ?? rowId,
    ...(list.from === undefined ? {} : { from: list.from }),
    async fetchPage(offset) {
      const { operation, path, query, onTotal } = list;
      const { body } = await context.call({
        operation,
        key: `${list.key}-${offset}`,
        ...(path === undefined ? {} : { path }),
        query: offset === 0 ? { ...query } : { ...query, offset },
      });
      onTotal?.(findTotal(body) ?? 0);
      return withPlainRows(body);
    },
  });

/** A reinstalled machine is a new connector; cloned ones may share one, and differ in their name. */
function rowId(row: Json): string {
  if (!isJsonObject(row)) return stringifyJson(row);
  const { connector_guid: connector, hostname, guid, id, sha256 } = row;
  if (typeof connector === 'string') return `${connector} ${scalarText(hostname)}`;
  const name = guid ?? id ?? sha256;
  return typeof name === 'object' || name === undefined ? stringifyJson(row) : String(name);
}

export function findTotal(body: Json): number | undefined {
  const metadata = isJsonObject(body) ? body['metadata'] : undefined;
  const results = isJsonObject(metadata) ? metadata['results'] : undefined;
  const total = isJsonObject(results) ? results['total'] : undefined;
  return typeof total === 'number' && Number.isSafeInteger(total) ? total : undefined;
}

/** The files of a list are in `data.items`, beside what the list is. */
function withPlainRows(body: Json): Json {
  if (!isJsonObject(body) || !isJsonObject(body['data'])) return body;
  return { ...body, data: body['data']['items'] ?? null };
}
