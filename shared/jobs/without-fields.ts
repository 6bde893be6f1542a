import { isJsonObject, type Json } from '../kernel/json.ts';

/** `value` without the fields of these names, at any depth. */
export function withoutFields(value: Json, names: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => withoutFields(item, names));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutFields(item, names)]));
}
