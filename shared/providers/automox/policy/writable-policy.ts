/** A policy as it was read, made fit to be written back. */
import { ProviderError } from '../../../errors/provider-error.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { isReadOnlyPolicyKey } from './read-only-keys.ts';

export function parsePolicyRow(body: Json): JsonObject {
  if (isJsonObject(body) && body['id'] !== undefined) return body;
  throw new ProviderError('provider.malformed-answer', 'Automox answered no policy');
}

/**
 * Fields that nobody documented stay: Automox may empty what a write leaves out. So does the id:
 * without it Automox takes the write for a second policy of the same name.
 */
export function writablePolicy(policy: JsonObject): JsonObject {
  const kept = Object.entries(policy).filter(([key]) => key === 'id' || !isReadOnlyPolicyKey(key));
  const { scheduled_timezone: zone, ...body } = Object.fromEntries(kept);
  const fixed = zone === null || zone === undefined ? {} : { scheduled_timezone: zone };
  return { ...body, ...fixed, notes: policy['notes'] ?? '' };
}

/** `existing` brought in line with `wanted`, whatever `wanted` does not mention left as it is. */
export function mergedPolicy(existing: JsonObject, wanted: JsonObject): JsonObject {
  const [before, after] = [existing['configuration'], wanted['configuration']];
  const configuration = { ...(isJsonObject(before) && before), ...(isJsonObject(after) && after) };
  return { ...writablePolicy(existing), ...wanted, configuration };
}
