/**
 * Lists jobs newest first from the index partitions that can hold them, read side by side and merged.
 *
 * Guarantees: a page goes on past rows that its filters drop until it is full or its reads run out;
 * the cursor never skips a row. Indexes follow the table within moments, not at once (DynamoDB).
 */
import { type JobSummary, orderKey } from '../jobs/job.ts';
import type { JobPage, JobQuery } from '../jobs/job-store.ts';
import { jobStatuses } from '../jobs/states.ts';
import type { DynamoTable, Item } from './dynamo-table.ts';
import { fromIndexedItem } from './job-item.ts';

/** Reads of one partition for one page; with a filter each examines `FILTERED_ROWS` rows. */
const READS_MAX = 10;
const FILTERED_ROWS = 200;

interface Partition {
  readonly index: 'by-account' | 'by-status';
  readonly attribute: 'account' | 'status';
  readonly value: string;
  readonly filters: Readonly<Record<string, string>>;
}

interface PartitionRows {
  readonly rows: readonly JobSummary[];
  /** Rows below this order key were not looked at; empty where the partition is read to its end. */
  readonly readDownTo: string;
}

export async function listJobs(table: DynamoTable, query: JobQuery): Promise<JobPage> {
  const parts = await Promise.all(
    partitionsFor(query).map((partition) => readPartition(table, partition, query)),
  );
  return mergePage(parts, query.limit);
}

function partitionsFor({ account, status, type }: JobQuery): readonly Partition[] {
  const byType = { ...(type !== undefined && { type }) };
  if (account !== undefined) {
    const filters = { ...byType, ...(status !== undefined && { status }) };
    return [{ index: 'by-account', attribute: 'account', value: account, filters }];
  }
  const statuses = status === undefined ? jobStatuses : [status];
  return statuses.map((value) => ({
    index: 'by-status',
    attribute: 'status',
    value,
    filters: byType,
  }));
}

/** Reads one row more than the page holds, to know whether another page follows. */
async function readPartition(
  table: DynamoTable,
  partition: Partition,
  query: JobQuery,
): Promise<PartitionRows> {
  const wanted = query.limit + 1;
  const rows: JobSummary[] = [];
  let lastKey: Item | undefined;
  for (let reads = 0; reads < READS_MAX; reads += 1) {
    const page = await table.query({
      ...expressionsFor(partition, query.cursor),
      limit: Object.keys(partition.filters).length > 0 ? FILTERED_ROWS : wanted,
      ...(lastKey && { startKey: lastKey }),
    });
    rows.push(...page.items.map(fromIndexedItem));
    const last = rows[wanted - 1];
    if (last) return { rows: rows.slice(0, wanted), readDownTo: orderKey(last) };
    if (!page.lastKey) return { rows, readDownTo: '' };
    lastKey = page.lastKey;
  }
  return { rows, readDownTo: lastKey?.['order']?.S ?? '' };
}

function expressionsFor(partition: Partition, cursor: string | undefined) {
  const filters = Object.entries(partition.filters);
  const values: Item = { ':partition': { S: partition.value } };
  if (cursor !== undefined) values[':cursor'] = { S: cursor };
  for (const [name, value] of filters) values[`:${name}`] = { S: value };
  const filtered = filters.map(([name]) => `#${name} = :${name}`).join(' AND ');
  const names = [partition.attribute, ...filters.map(([name]) => name)];
  if (cursor !== undefined) names.push('order');
  return {
    index: partition.index,
    key: `#${partition.attribute} = :partition${cursor === undefined ? '' : ' AND #order < :cursor'}`,
    ...(filters.length > 0 && { filter: filtered }),
    names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    values,
    newestFirst: true,
  };
}

/** Rows older than what every partition was read down to may have unread neighbours: not yet shown. */
function mergePage(parts: readonly PartitionRows[], limit: number): JobPage {
  const floor = parts.reduce((most, { readDownTo }) => (readDownTo > most ? readDownTo : most), '');
  const known = parts.flatMap(({ rows }) => rows).filter((row) => orderKey(row) >= floor);
  const newest = latestOfEach(known).sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1));
  const jobs = newest.slice(0, limit);
  const last = jobs.at(-1);
  const cursor = newest.length > limit && last ? orderKey(last) : floor;
  return cursor === '' ? { jobs } : { jobs, cursor };
}

/** A job that changed its status between two reads is in both partitions. */
function latestOfEach(rows: readonly JobSummary[]): JobSummary[] {
  const latest = new Map<string, JobSummary>();
  for (const row of rows) {
    const seen = latest.get(row.id);
    if (!seen || seen.updatedAtMs < row.updatedAtMs) latest.set(row.id, row);
  }
  return [...latest.values()];
}
