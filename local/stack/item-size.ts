/**
 * How large DynamoDB holds an item to be, whose rows may have 400 KB.
 *
 * source: 'Amazon DynamoDB developer guide: DynamoDB item sizes and formats'
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export const ITEM_BYTES_MAX = 400 * 1_024;

export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + bytesOf(name) + valueBytes(value), 0);

/** The kinds that the tables of Sluice have: texts, numbers, flags, and lists and maps of them. */
function valueBytes({ S, N, L, M }: AttributeValue): number {
  if (S !== undefined) return bytesOf(S);
  // A byte for each two digits, and one more; a sign takes another.
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (L !== undefined) return L.reduce((sum, value) => sum + valueBytes(value) + 1, 3);
  if (M !== undefined) return itemBytes(M) + Object.keys(M).length + 3;
  return 1;
}

const bytesOf = (text: string): number => Buffer.byteLength(text);
