/**
 * Brings a policy into the one shape that is checked: read-only keys dropped, configuration keys
 * that stand flat beside `name` (where the documentation lists them) moved into `configuration`.
 * A value given in both places must be the same.
 */
import type * as z from 'zod';
import { canonicalJson, isJsonObject } from '../../../kernel/json.ts';
import { isConfigurationKey } from './configuration.ts';
import { isReadOnlyPolicyKey } from './read-only-keys.ts';

export function arrangePolicy(input: unknown, ctx: z.RefinementCtx): unknown {
  if (!isJsonObject(input)) return input;
  const entries = Object.entries(input).filter(([key]) => !isReadOnlyPolicyKey(key));
  const belongsInside = ([key]: readonly [string, unknown]): boolean =>
    isConfigurationKey(key) && !isTopLevel(key, input['policy_type_name']);
  const flat = entries.filter(belongsInside);
  const top = Object.fromEntries(entries.filter((entry) => !belongsInside(entry)));
  const inside = top['configuration'] ?? {};
  if (flat.length === 0 || !isJsonObject(inside)) return top;
  for (const [key, value] of flat) {
    if (!Object.hasOwn(inside, key) || canonicalJson(inside[key]) === canonicalJson(value))
      continue;
    const message = `differs from configuration.${key}: give one of them, or make them equal`;
    ctx.addIssue({ code: 'custom', path: [key], message });
  }
  return { ...top, configuration: { ...Object.fromEntries(flat), ...inside } };
}

/** source: 'Automox console API, OpenAPI description': notify_user of required software. */
const isTopLevel = (key: string, policyType: unknown): boolean =>
  key === 'notify_user' && policyType === 'required_software';
