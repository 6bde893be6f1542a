/**
 * A job's row as a DynamoDB item and back. Every field is an attribute of its own under its own name,
 * so that a row reads well in the AWS console and the indexes can project any of them.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Job, type JobSummary, orderKey } from '../jobs/job.ts';
import { invariant } from '../kernel/invariant.ts';
import { parseJson, stringifyJson } from '../kernel/json.ts';
import type { Item } from './dynamo-table.ts';

type FieldKind = 'text' | 'number' | 'flag' | 'json';

type KindOf<T> = [T] extends [string]
  ? 'text'
  : [T] extends [number]
    ? 'number'
    : [T] extends [boolean]
      ? 'flag'
      : 'json';

/** How each field is kept. Structures are JSON text: exact integers, and one attribute to project. */
const kinds: { readonly [K in keyof Job]-?: KindOf<NonNullable<Job[K]>> } = {
  id: 'text',
  type: 'text',
  provider: 'text',
  account: 'text',
  tenant: 'text',
  priority: 'text',
  mode: 'text',
  status: 'text',
  origin: 'json',
  paramsJson: 'text',
  paramsBytes: 'number',
  bodyHash: 'text',
  idempotencyKey: 'text',
  taskToken: 'text',
  correlationId: 'text',
  group: 'text',
  createdAtMs: 'number',
  updatedAtMs: 'number',
  notBeforeMs: 'number',
  deadlineMs: 'number',
  finishedAtMs: 'number',
  finishedBy: 'text',
  run: 'number',
  attempts: 'number',
  failures: 'number',
  waitedMs: 'number',
  waiting: 'json',
  lease: 'json',
  inFlight: 'json',
  checkpointJson: 'text',
  keptReads: 'json',
  progress: 'json',
  cancelRequested: 'flag',
  error: 'json',
  summary: 'text',
  result: 'json',
  warnings: 'json',
  timeline: 'json',
  attentionAtMs: 'number',
  version: 'number',
  writeId: 'text',
  expiresAtS: 'number',
};

/** The partition of the index by attention: rows that need none are not in it. */
export const ATTENTION_DUE = 'due';

/**
 * What a newer version of the code keeps in the row beside what this one knows. It is carried with the
 * job through every copy, so that replacing the whole row loses nothing.
 */
const beside = Symbol('attributes of a newer version');
type Carrying = Job & { readonly [beside]?: Item };

/** Made of others by `toJobItem`. */
const derived = ['order', 'attention'];

export function toJobItem(job: Carrying): Item {
  const item: Item = { ...job[beside], order: { S: orderKey(job) } };
  for (const [field, value] of Object.entries(job)) {
    if (value !== undefined) item[field] = toAttribute(kindOf(field), value);
  }
  if (job.attentionAtMs !== undefined) item['attention'] = { S: ATTENTION_DUE };
  return item;
}

/** Trusts the item to be what `toJobItem` made, of this version or another: nothing else writes it. */
export function fromJobItem(item: Item): Job {
  const job = fieldsOf(item) as unknown as Job;
  const unknown = Object.entries(item).filter(
    ([name]) => !Object.hasOwn(kinds, name) && !derived.includes(name),
  );
  if (unknown.length === 0) return job;
  const carrying: Carrying = { ...job, [beside]: Object.fromEntries(unknown) };
  return carrying;
}

/** What an index holds of a job. */
export const fromIndexedItem = (item: Item): JobSummary => fieldsOf(item) as unknown as JobSummary;

const fieldsOf = (item: Item): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([name]) => Object.hasOwn(kinds, name))
      .map(([name, attribute]) => [name, fromAttribute(kindOf(name), attribute)]),
  );

function kindOf(field: string): FieldKind {
  invariant(Object.hasOwn(kinds, field), `a job has no field ${field}`);
  return kinds[field as keyof Job];
}

function toAttribute(kind: FieldKind, value: unknown): AttributeValue {
  if (kind === 'text') return { S: String(value) };
  if (kind === 'number') return { N: String(value) };
  if (kind === 'flag') return { BOOL: value === true };
  return { S: stringifyJson(value) };
}

function fromAttribute(kind: FieldKind, attribute: AttributeValue): unknown {
  if (kind === 'number') return Number(attribute.N);
  if (kind === 'flag') return attribute.BOOL;
  return kind === 'text' ? attribute.S : parseJson(attribute.S ?? 'null');
}
