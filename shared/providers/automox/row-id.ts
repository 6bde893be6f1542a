import { ProviderError } from '../../errors/provider-error.ts';
import type { JsonObject } from '../../kernel/json.ts';
import { Id } from './device-selection.ts';

/** For a path. Throws where the row has no id to act on: what is meant then nobody knows. */
export function getRowId({ id }: JsonObject, thing: string): number {
  const parsed = Id.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new ProviderError('provider.malformed-answer', `Automox answered a ${thing} without an id`);
}
