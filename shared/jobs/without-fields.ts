import { isJsonObject, type Json } from '../kernel/json.ts';

/** `value` without the fields of these names, at any depth. */
export function withoutFields(value: Json, names: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((item) => withoutFields(item, names));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutFields(item, names)]));
}

/** The first text in a field of that name, at any depth. */
export function findText(value: Json, name: string): string | undefined {
  if (!Array.isArray(value) && !isJsonObject(value)) return undefined;
  const own = isJsonObject(value) ? value[name] : undefined;
  if (typeof own === 'string' && own !== '') return own;
  for (const item of Object.values(value)) {
    const found = findText(item, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
