/**
 * JSON that no vendor should answer and one day some will: wrong types anywhere, missing and extra
 * keys, objects that cannot become text, deep nesting, huge text, halves of characters, numbers that
 * no double holds, and dates that are none. As it comes from the wire: made as text, then parsed.
 */
import fc from 'fast-check';
import { isJsonObject, type Json, parseJson, stringifyJson } from '../../shared/kernel/json.ts';

const nested = (depth: number, inside = '0'): string =>
  `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

const texts = [
  ...['""', '"NaN"', '"Infinity"', '"-0"', '"1e999"', '"9223372036854775808"', '"null"', '"true"'],
  ...['"\\ud800"', '"\\udc00x"', '"\\u0000"', '"a\\u2028b"', '"../../etc"', '"%2e%2e%2f"'],
  ...['"0000-00-00T00:00:00Z"', '"2026-02-31 25:61:61"', '"+275760-09-13T00:00:00.001Z"'],
  ...['"2022-04-29T05:57:43+0000"', '"<img src=x onerror=alert(1)>"', '"=cmd|1"'],
  JSON.stringify('x'.repeat(100_000)),
];

const numbers = [
  ...['0', '-1', '0.5', '1e308', '-1e308', '1e999', '2147483648', '9007199254740993'],
  ...['9223372036854775807', '-9223372036854775808', '123456789012345678901234567890'],
];

/** `String` of the first two throws, and so does arithmetic with them. */
const objects = [
  '{"toString":1}',
  '{"toString":null,"valueOf":null}',
  '{"__proto__":{"id":1,"status":"isolated"}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"toJSON":1,"then":1,"length":-1}',
  '{"length":1000000000,"0":1}',
];

const others = [
  ...['null', 'true', 'false', '[]', '{}', '[[]]', '[null]', '[{}]'],
  nested(40),
  nested(99),
  ...[101, 2_000, 6_000, 100_000].map((depth) => nested(depth)),
  nested(500, '{"toString":1}'),
  `{"results":${nested(30)},"data":null}`,
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...texts, ...numbers, ...objects, ...others),
  fc.json(),
);

/** As a job may see it: what nests deeper is no answer. */
export const hostileJson: fc.Arbitrary<Json> = hostileText
  .filter((text) => !text.startsWith('['.repeat(100)))
  .map(parseJson);

/** A change of one place in an answer. */
export interface Tampering {
  /** Which way to go at each level; beyond the last the place is found. */
  readonly way: readonly number[];
  readonly kind: 'replace' | 'remove' | 'add' | 'double' | 'into a list' | 'out of a list';
  readonly value: string;
}

export const tampering: fc.Arbitrary<Tampering> = fc.record({
  way: fc.array(fc.nat(20), { maxLength: 5 }),
  kind: fc.constantFrom(
    'replace',
    'replace',
    'remove',
    'add',
    'double',
    'into a list',
    'out of a list',
  ),
  value: hostileText,
});

export function tamper(text: string, { way, kind, value }: Tampering): string {
  try {
    return stringifyJson(changed(parseJson(text), way, kind, parseJson(value)));
  } catch {
    // What is no JSON, or is too deep to be written again, is hostile as it is.
    return value;
  }
}

function changed(at: Json, way: readonly number[], kind: Tampering['kind'], value: Json): Json {
  const [turn = 0, ...rest] = way;
  const isEnd = way.length === 0;
  if (Array.isArray(at)) {
    if (isEnd || at.length === 0) return changedList(at, kind, value);
    const place = turn % at.length;
    return at.map((item, index) => (index === place ? changed(item, rest, kind, value) : item));
  }
  if (!isJsonObject(at)) return changedLeaf(at, kind, value);
  const entries = Object.entries(at);
  if (entries.length === 0) return changedLeaf(at, kind, value);
  const place = turn % entries.length;
  if (!isEnd && kind !== 'remove') {
    return Object.fromEntries(
      entries.map(([name, item], index) =>
        index === place ? [name, changed(item, rest, kind, value)] : [name, item],
      ),
    );
  }
  if (kind === 'remove') return Object.fromEntries(entries.filter((_, index) => index !== place));
  return kind === 'add'
    ? Object.fromEntries([...entries, ['__proto__', value], ['extra', value]])
    : changedLeaf(at, kind, value);
}

function changedList(at: readonly Json[], kind: Tampering['kind'], value: Json): Json {
  switch (kind) {
    case 'remove':
      return at.slice(1);
    case 'add':
      return [value, ...at, value];
    case 'double':
      return [...at, ...at];
    default:
      return changedLeaf(at, kind, value);
  }
}

function changedLeaf(at: Json, kind: Tampering['kind'], value: Json): Json {
  if (kind === 'into a list') return [at, value];
  if (kind === 'out of a list') return Array.isArray(at) ? (at[0] ?? null) : { inside: at };
  return value;
}

/** A row of which these fields, and others, hold what they should not; or that is no row at all. */
export const hostileRow = (fields: readonly string[]): fc.Arbitrary<{ [key: string]: Json }> =>
  fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), hostileJson, { maxKeys: 12 });
