/** What of a row of OpsRamp differs from what is wanted. */
import type { JsonObject } from '../../../kernel/json.ts';
import { canonicalJson, isJsonObject, type Json } from '../../../kernel/json.ts';

/** The wanted fields that the ticket does not have so. */
export const changesOf = (wanted: JsonObject, ticket: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !holds(ticket[field] ?? null, value)),
  );

/** OpsRamp answers more than it was given: names beside ids, defaults. */
function holds(given: Json, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(given) &&
      given.length === wanted.length &&
      wanted.every((item) => given.some((other) => holds(other, item)))
    );
  }
  if (!isJsonObject(wanted)) return canonicalJson(given) === canonicalJson(wanted);
  return (
    isJsonObject(given) &&
    Object.entries(wanted).every(([key, value]) => holds(given[key] ?? null, value))
  );
}

/** Parsed from JSON, and without keys that are undefined. */
export const plainJson = (value: unknown): JsonObject =>
  JSON.parse(JSON.stringify(value)) as JsonObject;
