/** A JSON Schema in words: each field with its type and its meaning. */
import * as z from 'zod';

type Schema = z.core.JSONSchema.BaseSchema;

export interface FieldWords {
  /** `filters.groupId`, `actions[].value`. */
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly meaning: string;
}

/** Deeper fields are left to the schema itself. */
const DEPTH_MAX = 3;

export function fieldsOf(params: z.ZodType): readonly FieldWords[] {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  const seen = new Map<string, FieldWords>();
  for (const field of walk(schema, '', 1)) {
    if (!seen.has(field.name)) seen.set(field.name, field);
  }
  return [...seen.values()];
}

/** Alternatives are fields of one list: what several of them have is named once. */
function walk(schema: Schema, under: string, depth: number): FieldWords[] {
  const options = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const field = asSchema(value);
    const name = `${under}${key}`;
    const required = schema.required?.includes(key) ?? false;
    const words = { name, required, type: typeOf(field), meaning: field.description ?? '' };
    return [words, ...(depth < DEPTH_MAX ? inside(field, name, depth) : [])];
  });
  return [...own, ...options.flatMap((option) => walk(asSchema(option), under, depth))];
}

function inside(field: Schema, name: string, depth: number): FieldWords[] {
  const items = itemsOf(field);
  return items ? walk(items, `${name}[].`, depth + 1) : walk(field, `${name}.`, depth + 1);
}

const itemsOf = ({ items }: Schema): Schema | undefined =>
  items === undefined || Array.isArray(items) ? undefined : asSchema(items);

const asSchema = (schema: z.core.JSONSchema._JSONSchema): Schema =>
  typeof schema === 'boolean' ? {} : schema;

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(', ');
  const options = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(asSchema);
  if (options.length > 0) return [...new Set(options.map(typeOf))].join(' or ');
  const items = itemsOf(schema);
  if (items) return `list of ${typeOf(items)}${bounds(schema.minItems, schema.maxItems)}`;
  if (schema.type === 'integer' || schema.type === 'number') {
    return `${schema.type}${bounds(lowest(schema), highest(schema))}`;
  }
  return schema.type === undefined ? 'any JSON' : String(schema.type);
}

const literal = (value: unknown): string => `\`${JSON.stringify(value)}\``;

const lowest = ({ minimum, exclusiveMinimum }: Schema): number | undefined =>
  minimum ?? (typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : undefined);

/** The end of the safe integers is no bound of the field's own. */
const highest = ({ maximum }: Schema): number | undefined =>
  maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;

function bounds(least: number | undefined, most: number | undefined): string {
  if (least === undefined || least <= Number.MIN_SAFE_INTEGER) {
    return most === undefined ? '' : `, at most ${most}`;
  }
  return most === undefined ? `, at least ${least}` : `, ${least} to ${most}`;
}
