/**
 * How a row of the operation table is made: budgets follow from path and kind of call, and the
 * placeholders of the path are the parameters it takes. The tenant's own comes from the account.
 */
import * as z from 'zod';
import type { Operation, OperationParams, RepeatClass } from '../../../jobs/operation.ts';
import { laneOf } from '../lanes.ts';
import type { BudgetName } from '../limits.ts';

export interface OpsRampOperation extends Operation {
  readonly budgets: readonly [BudgetName];
}

type Fields = Readonly<Record<string, z.ZodType>>;

interface More {
  readonly query?: Fields;
  readonly body?: z.ZodType;
  /** Schemas of placeholders that are more than an id. */
  readonly path?: Fields;
  readonly paged?: boolean;
  readonly textAnswer?: boolean;
}

const SOURCE = 'OpsRamp OpenAPI descriptions, v2';

/** Numbers, UUIDs and prefixed ids mix. */
export const Id = z.union([
  z.int().nonnegative(),
  z.string().regex(/^[\w.:@-]{1,128}$/, 'must be an id of OpsRamp'),
]);

export const Text = z.string().min(1).max(20_000);
export const Fields = z.record(z.string(), z.json());
export const Ids = z
  .array(z.strictObject({ id: Id }))
  .min(1)
  .max(1_000);
export const Epoch = z.int().nonnegative();

export const get = (id: string, path: string, query?: Fields): OpsRampOperation =>
  row('GET', id, path, 'safe', query ? { query } : {});

/** `keys` are those of its `queryString`: OpsRamp refuses any other. */
export const list = (
  id: string,
  path: string,
  keys: readonly string[] = [],
  query: Fields = {},
): OpsRampOperation =>
  row('GET', id, path, 'safe', {
    query: { ...paging, ...(keys.length > 0 ? { queryString: QueryString(keys) } : {}), ...query },
    paged: true,
  });

export const post = (
  id: string,
  path: string,
  repeat: RepeatClass,
  body?: z.ZodType,
  more: More = {},
): OpsRampOperation => row('POST', id, path, repeat, { ...more, ...(body ? { body } : {}) });

export const remove = (id: string, path: string, body?: z.ZodType): OpsRampOperation =>
  row('DELETE', id, path, 'idempotent', body ? { body } : {});

/** A GET that changes something: charged, and treated after silence, as the write that it is. */
export const actingGet = (id: string, path: string, body?: z.ZodType): OpsRampOperation =>
  row('GET', id, path, 'once', body ? { body } : {});

/**
 * The row, and which fields of its answers nobody gets: whoever needs such a secret takes it from the
 * console of OpsRamp. source: 'OpsRamp OpenAPI descriptions, v2', the answers of these operations.
 */
export const hiding = (
  secretFields: readonly string[],
  operation: OpsRampOperation,
): OpsRampOperation => ({ ...operation, secretFields });

const paging = {
  pageNo: z.int().positive().optional(),
  pageSize: z.int().min(1).max(500).optional(),
  sortName: z
    .string()
    .regex(/^\w{1,64}$/)
    .optional(),
  isDescendingOrder: z.boolean().optional(),
};

/** `key:value` joined by `+`; dates hold a `+` of their own, which no key follows. */
function QueryString(keys: readonly string[]): z.ZodType {
  const known = (text: string): boolean =>
    text.split(/\+(?=[A-Za-z]+:)/).every((part) => {
      const [key = '', ...value] = part.split(':');
      return keys.includes(key) && value.join(':') !== '';
    });
  const problem = `must be key:value, joined by "+", of the keys ${keys.join(', ')}`;
  return z.string().max(4_000).refine(known, problem).optional();
}

function row(
  method: Operation['method'],
  id: string,
  path: string,
  repeat: RepeatClass,
  { query, body, path: segments = {}, paged = false, textAnswer = false }: More,
): OpsRampOperation {
  const names = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => name);
  const own = names.filter((name) => name !== 'tenantId');
  const params: OperationParams = {
    ...(own.length > 0 && {
      path: z.strictObject(Object.fromEntries(own.map((name) => [name, segments[name] ?? Id]))),
    }),
    ...(query && { query: z.strictObject(query) }),
    ...(body && { body }),
  };
  return {
    id,
    method,
    path,
    budgets: [laneOf({ method, path, repeat, paged })],
    repeat,
    params,
    ...(textAnswer && { textAnswer }),
    source: SOURCE,
  };
}
