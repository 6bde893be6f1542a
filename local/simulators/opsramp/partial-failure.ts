/** Successes with failures inside, as the calls that take many ids answer them. */
import { jsonResponse, type WireResponse } from '../frame/wire.ts';

/** A DELETE spells the same names with a capital. */
export function partialAnswer(
  method: string,
  successCount: number,
  failedEntities: Readonly<Record<string, string>>,
): WireResponse {
  const counts = { failedEntities, failedCount: Object.keys(failedEntities).length, successCount };
  const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
  const spelt = Object.entries(counts).map(([name, value]) => [
    method === 'DELETE' ? capital(name) : name,
    value,
  ]);
  return jsonResponse(200, Object.fromEntries(spelt));
}
