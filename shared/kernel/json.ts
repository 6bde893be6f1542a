/**
 * JSON that loses nothing: integers beyond 2^53 stay exact as `bigint`, both ways, and a canonical
 * spelling (keys sorted) makes equal bodies hash equal.
 */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

export type JsonObject = { readonly [key: string]: Json };

export const JSON_DEPTH_MAX = 32;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

interface ReviverContext {
  readonly source?: string;
}

/** An integer that a double cannot hold has 16 digits or more. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses `text`; integers that a double cannot hold become bigint. Throws SyntaxError, also for what is
 * nested so deep that whatever walks it later would overflow its stack. A text that can
 * hold none, such as most pages of a list, is parsed several times faster.
 */
export function parseJson(text: string): Json {
  if (!LONG_NUMBER.test(text)) return shallow(JSON.parse(text) as Json);
  const exact = (_key: string, value: unknown, context?: ReviverContext): unknown => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
  };
  return shallow(JSON.parse(text, exact as (key: string, value: unknown) => unknown) as Json);
}

/** Far beyond what anyone sends, and far below what a stack holds. */
const NESTING_MAX = 4_000;

function shallow(value: Json): Json {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > NESTING_MAX) throw new SyntaxError(`nested deeper than ${NESTING_MAX} levels`);
    level = level
      .filter((item) => typeof item === 'object' && item !== null)
      .flatMap((item) => Object.values(item as object));
  }
  return value;
}

const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** JSON text of `value`; bigints are written as plain integers. */
export function stringifyJson(value: unknown, indent?: number): string {
  const exact = (_key: string, item: unknown): unknown =>
    typeof item === 'bigint' ? rawJson(item.toString()) : item;
  return JSON.stringify(value, exact, indent) ?? 'null';
}

/** JSON text with every object's keys sorted, so that equal values have equal text. */
export const canonicalJson = (value: unknown): string => stringifyJson(sortKeys(value));

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

/** Why `value` may not enter the system (too deep, or a key that could poison a prototype). */
export function findUnsafeJson(value: unknown, depthMax = JSON_DEPTH_MAX): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depthMax === 0) return `nested deeper than ${JSON_DEPTH_MAX} levels`;
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) return `the key "${key}" is not allowed`;
    const reason = findUnsafeJson(item, depthMax - 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** A scalar as text; empty for all else, for an object such as `{"toString":1}` can be no text. */
export const scalarText = (value: unknown): string =>
  value === undefined || typeof value === 'object' ? '' : String(value);

/** Whether `value` is nested deeper than so many levels; itself goes no deeper than that. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
