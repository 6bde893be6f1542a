/**
 * ListObjectsV2 as a pure function: keys in UTF-8 order, grouped at the delimiter, in pages.
 * Source: Amazon S3 API reference, ListObjectsV2.
 */
export interface ListQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Entries up to and including this one are left out: a key, or a common prefix. */
  readonly after: string;
  readonly entriesMax: number;
}

export interface ListPage {
  readonly keys: readonly string[];
  readonly commonPrefixes: readonly string[];
  /** The last entry of this page where more follow. */
  readonly next: string | undefined;
}

export const LIST_ENTRIES_MAX = 1000;

export function listObjects(allKeys: Iterable<string>, query: ListQuery): ListPage {
  const entries = new Map<string, 'key' | 'prefix'>();
  const sorted = [...allKeys].filter((key) => key.startsWith(query.prefix)).sort(byUtf8);
  for (const key of sorted) {
    const commonPrefix = findCommonPrefix(key, query);
    const entry = commonPrefix ?? key;
    if (byUtf8(entry, query.after) > 0 || query.after === '') {
      entries.set(entry, commonPrefix === undefined ? 'key' : 'prefix');
    }
  }
  const all = [...entries];
  const page = all.slice(0, query.entriesMax);
  const named = (kind: 'key' | 'prefix') =>
    page.flatMap(([entry, entryKind]) => (entryKind === kind ? [entry] : []));
  return {
    keys: named('key'),
    commonPrefixes: named('prefix'),
    next: all.length > page.length ? page.at(-1)?.[0] : undefined,
  };
}

function findCommonPrefix(key: string, { prefix, delimiter }: ListQuery): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
