/**
 * DynamoDB write units of a jobs-table write, its indexes included. Sizes are those of the row as
 * JSON, which is close to what DynamoDB counts: names and values of all attributes.
 *
 * Source: Amazon DynamoDB Developer Guide: provisioned throughput considerations for global secondary
 * indexes: an entry that appears, vanishes or changes is one write, one that changes its key is two.
 */
import { describeTables } from '../../../shared/config/topology.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { sum } from '../../../shared/kernel/sum.ts';

type Row = Readonly<Record<string, unknown>>;

const { indexes } = describeTables().jobs;

export const unitsOfBytes = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1_024));

export const bytesOf = (item: unknown): number => Buffer.byteLength(JSON.stringify(item));

/** `before` is absent where the row is new. */
export function writeUnitsOf(before: Job | undefined, after: Job): number {
  const larger = Math.max(bytesOf(before ?? {}), bytesOf(after));
  const entries = indexes.map(({ partitionKey, sortKey, attributes }) => {
    const projected = attributes === 'keys' ? [] : attributes;
    const entryOf = (job: Job | undefined) => indexEntry(job, partitionKey, sortKey, projected);
    return entryUnits(entryOf(before), entryOf(after));
  });
  return unitsOfBytes(larger) + sum(entries);
}

/** Source: Amazon DynamoDB Developer Guide: global secondary indexes: storage considerations. */
const INDEX_ENTRY_OVERHEAD_BYTES = 100;

/** What a row takes in the table and in its indexes. */
export function storedBytesOf(job: Job): { readonly row: number; readonly indexes: number } {
  const entries = indexes.flatMap(({ partitionKey, sortKey, attributes }) => {
    const projected = attributes === 'keys' ? [] : attributes;
    return indexEntry(job, partitionKey, sortKey, projected) ?? [];
  });
  const bytes = entries.map(
    (entry) => entry.bytes + entry.key.length + job.id.length + INDEX_ENTRY_OVERHEAD_BYTES,
  );
  return { row: bytesOf(job), indexes: sum(bytes) };
}

interface IndexEntry {
  readonly key: string;
  readonly bytes: number;
  readonly text: string;
}

/** `order` and `attention` are made of other fields: they stay the same, or are there with them. */
function indexEntry(
  job: Job | undefined,
  partitionKey: string,
  sortKey: string,
  projected: readonly string[],
): IndexEntry | undefined {
  if (job === undefined) return undefined;
  const row: Row = { ...job, order: job.createdAtMs, attention: job.attentionAtMs && 'due' };
  if (row[partitionKey] === undefined || row[sortKey] === undefined) return undefined;
  const text = JSON.stringify(projected.map((name) => row[name]));
  return { key: `${row[partitionKey]}/${row[sortKey]}`, bytes: text.length, text };
}

function entryUnits(before: IndexEntry | undefined, after: IndexEntry | undefined): number {
  const units = (entry: IndexEntry | undefined): number =>
    entry === undefined ? 0 : unitsOfBytes(entry.bytes);
  if (before === undefined || after === undefined) return units(before) + units(after);
  if (before.key !== after.key) return units(before) + units(after);
  return before.text === after.text ? 0 : units(after);
}
