/**
 * The `configuration` that is sent: keys that are absent in all but name are dropped, filter_type is
 * what the vendor demands, and unknown keys are left exactly as they are.
 */
import { isConfigurationKey } from './configuration.ts';
import { effectivePatchRule } from './patch-rules.ts';
import type { PolicyCreateParams } from './policy-params.ts';

/** source: 'Automox developer portal: Create a new policy', where samples and formats carry null. */
const NULLABLE_KEYS: ReadonlySet<string> = new Set([
  'evaluation_code',
  'remediation_code',
  'installation_code',
  'notify_deferred_reboot_user',
  'severity_filter',
]);

export function outboundConfiguration(params: PolicyCreateParams): Record<string, unknown> {
  const { configuration } = params;
  const hasRows = (configuration.device_filters ?? []).length > 0;
  const { filter_type: _, ...kept } = Object.fromEntries(
    Object.entries(configuration).filter(([key, value]) => isSent(key, value)),
  );
  return {
    ...(hasRows ? { device_filters_enabled: true } : {}),
    ...kept,
    ...(params.policy_type_name === 'patch' ? patchSelection(params.configuration) : {}),
  };
}

const isSent = (key: string, value: unknown): boolean =>
  value !== undefined && (value !== null || NULLABLE_KEYS.has(key) || !isConfigurationKey(key));

type PatchConfiguration = Extract<
  PolicyCreateParams,
  { policy_type_name: 'patch' }
>['configuration'];

/**
 * filter_type is required with every rule, and must be "all" unless the rule is "filter".
 * source: 'Automox console API, observed'.
 */
function patchSelection(configuration: PatchConfiguration): Record<string, unknown> {
  const rule = effectivePatchRule(configuration);
  return {
    ...(rule === undefined ? {} : { patch_rule: rule }),
    filter_type: rule === 'filter' ? configuration.filter_type : 'all',
  };
}
