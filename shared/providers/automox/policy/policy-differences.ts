/**
 * Compares a policy that was meant to be created with one read back under the same name: the way to
 * learn whether a create without an answer took place, for a 201 carries no id.
 *
 * The vendor may say the same otherwise: null for [], a number as text, defaults left out, lists in
 * another order, keys of its own. None of these is a difference.
 */
import { canonicalJson, isJsonObject, scalarText } from '../../../kernel/json.ts';
import type { OutboundPolicy } from './outbound.ts';

/** Paths such as `schedule_days` or `configuration.filters`; empty where both are the same. */
export function policyDifferences(wanted: OutboundPolicy, existing: unknown): string[] {
  const found = isJsonObject(existing) ? existing : {};
  const { configuration, ...top } = wanted;
  const inside = found['configuration'];
  return [
    ...differingKeys(top, found),
    ...differingKeys(configuration, isJsonObject(inside) ? inside : {}).map(
      (key) => `configuration.${key}`,
    ),
  ];
}

export const samePolicy = (wanted: OutboundPolicy, existing: unknown): boolean =>
  policyDifferences(wanted, existing).length === 0;

type Fields = { readonly [key: string]: unknown };

/** What the wanted policy does not mention is the vendor's own affair. */
const differingKeys = (wanted: Fields, existing: Fields): string[] =>
  Object.keys(wanted).filter((key) => meaning(key, wanted[key]) !== meaning(key, existing[key]));

/** source: 'Automox developer portal: Create a new policy', "Default …" of each field. */
const DEFAULTS: Fields = {
  filter_type: 'all',
  notify_user_message_timeout: 15,
  notify_deferred_reboot_user_message_timeout: 15,
  custom_notification_max_delays: 0,
  custom_pending_reboot_notification_max_delays: 0,
  custom_notification_deferment_periods: [1, 4, 8],
  custom_pending_reboot_notification_deferment_periods: [1, 4, 8],
};

/** Equal text for values that mean the same under `key`. */
function meaning(key: string, value: unknown): string {
  if (key === 'organization_id') return scalarText(value);
  return canonicalJson(settle(isAbsent(key, value) ? DEFAULTS[key] : value));
}

/** `"null"`: the text that stands for no filter_type at the vendor. */
const isAbsent = (key: string, value: unknown): boolean =>
  isBlank(value) || (key === 'filter_type' && value === 'null');

/** An absent flag is false, an absent text is empty, an absent list has no entries. */
function settle(value: unknown): unknown {
  if (isBlank(value) || value === false) return null;
  if (Array.isArray(value)) return value.map((item) => canonicalJson(item)).sort();
  return value;
}

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
