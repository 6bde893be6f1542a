/** What `<provider>.call` takes: the id of an operation, and for each of its parts what its row allows. */
import * as z from 'zod';
import type { Operation, OperationCall, OperationParams } from '../jobs/operation.ts';

export interface CallParams extends Pick<OperationCall, 'path' | 'query' | 'body'> {
  readonly operation: string;
}

/** Strict in every part; a wrong field is named with its path, such as `query.limit`. */
export function CallParams(rows: readonly Operation[], vendor: string): z.ZodType<CallParams> {
  const [first, ...rest] = rows.map(callOf);
  if (!first) throw new RangeError(`${vendor} has no operation`);
  const known = rows.map(({ id }) => id);
  const params = z.discriminatedUnion('operation', [first, ...rest], {
    error: () => `must be an operation of ${vendor}: ${known.join(', ')}`,
  });
  // What the schemas of a table give is what its calls take: the table has no type that says so.
  return params as z.ZodType<CallParams>;
}

const callOf = ({ id, method, path, params = {} }: Operation) =>
  z.strictObject({ operation: z.literal(id), ...partsOf(params) }).describe(`${method} ${path}`);

/** A part without a required field may be left out. */
function partsOf(params: OperationParams): { [Part in keyof OperationParams]?: z.ZodType } {
  const { path, query, body } = params;
  return {
    ...(path && { path }),
    ...(query && { query: isOptional(query) ? query.optional() : query }),
    ...(body && { body: isOptional(body) ? body.optional() : body }),
  };
}

const isOptional = (part: z.ZodType): boolean =>
  part instanceof z.ZodObject && part.safeParse({}).success;
