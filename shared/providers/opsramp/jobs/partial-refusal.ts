/**
 * What OpsRamp refused inside of a success. source: 'OpsRamp OpenAPI descriptions, v2'; the same keys
 * are spelled with either first letter.
 */
import { isJsonObject, type Json, scalarText, stringifyJson } from '../../../kernel/json.ts';

export interface PartialRefusal {
  /** Ids that were refused or not known. */
  readonly ids: readonly string[];
  /** How many, where only their number is told. */
  readonly count: number;
}

const listKeys = ['invalidpatches', 'failedentities', 'failedlist'];

export function partialRefusal(body: Json): PartialRefusal {
  const entries = isJsonObject(body)
    ? Object.entries(body).map(([key, value]) => [key.toLowerCase(), value] as const)
    : [];
  const ids = entries.flatMap(([key, value]) => (listKeys.includes(key) ? idsIn(value) : []));
  const told = entries.find(([key]) => key === 'failedcount')?.[1];
  return { ids, count: Math.max(ids.length, Number(scalarText(told)) || 0) };
}

/** A list of ids, or texts by id. */
function idsIn(value: Json): readonly string[] {
  if (Array.isArray(value)) {
    return value.map((id) => (typeof id === 'object' ? stringifyJson(id) : String(id)));
  }
  return isJsonObject(value) ? Object.keys(value) : [];
}
