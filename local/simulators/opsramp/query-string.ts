/**
 * The `queryString` parameter: `key:value` joined by `+`, commas between the values of one key.
 *
 * A `+` in a date (`+0000`) is part of it: only one before `key:` separates. A client that did not
 * encode its `+` sends blanks, which then belong to a value.
 */
import { fieldErrors, refuse } from './errors.ts';

/** The values by key. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** Throws Refusal with 400 on a key that is not in `known` or has no value. */
export function parseQueryString(query: URLSearchParams, known: readonly string[]): Query {
  const text = query.get('queryString') ?? '';
  if (text === '') return new Map();
  return new Map(
    text.split(/\+(?=[A-Za-z]\w*:)/).map((part) => {
      const colon = part.indexOf(':');
      const key = part.slice(0, Math.max(0, colon)).trim();
      const values = part
        .slice(colon + 1)
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== '');
      if (!known.includes(key)) refuse(badQuery(`unknown search key in "${part}"`));
      if (values.length === 0) refuse(badQuery(`no value for ${key}`));
      return [key, values];
    }),
  );
}

const badQuery = (message: string) => fieldErrors({ queryString: message });
