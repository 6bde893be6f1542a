/** Settings of a policy that are sent as given and will not do what they suggest. */
import type { FieldProblem } from '../../../errors/sluice-error.ts';
import { isKnownToVendor } from './configuration.ts';
import { effectivePatchRule, isFilterType, type PatchSelection } from './patch-rules.ts';
import type { PolicyCreateParams } from './policy-params.ts';

export function configurationWarnings(params: PolicyCreateParams): FieldProblem[] {
  const { configuration } = params;
  return [
    ...(params.policy_type_name === 'patch' ? patchWarnings(params.configuration) : []),
    ...(params.policy_type_name === 'custom' ? workletWarnings(params.configuration) : []),
    ...automationWarnings(params.schedule_days, configuration.auto_patch),
    ...deviceFilterWarnings(configuration.device_filters_enabled, configuration.device_filters),
    ...unknownKeyWarnings(configuration),
  ];
}

function patchWarnings(patch: PatchSelection): FieldProblem[] {
  const rule = effectivePatchRule(patch);
  if (rule === undefined) {
    return [warning('patch_rule', 'is not given: Automox decides what is patched')];
  }
  const ignored = (key: keyof PatchSelection): FieldProblem =>
    warning(key, `has no effect with patch_rule "${rule}"${ofFilterType(rule, patch)}`);
  return [
    ...(patch.patch_rule
      ? []
      : [warning('patch_rule', '"filter" is sent, as filter_type needs it')]),
    ...(rule !== 'filter' && isFilterType(patch.filter_type)
      ? [warning('filter_type', `has no effect with patch_rule "${rule}": "all" is sent`)]
      : []),
    ...unusedFilters(rule, patch).map(ignored),
  ];
}

const FILTER_KEYS = ['filters', 'severity_filter', 'advanced_filter'] as const;

function unusedFilters(rule: string, patch: PatchSelection) {
  const byType = patch.filter_type === 'severity' ? 'severity_filter' : 'filters';
  const used = { filter: byType, advanced: 'advanced_filter' }[rule];
  return FILTER_KEYS.filter((key) => key !== used && (patch[key] ?? []).length > 0);
}

const ofFilterType = (rule: string, patch: PatchSelection): string =>
  rule === 'filter' ? ` and filter_type "${patch.filter_type}"` : '';

function workletWarnings(codes: { readonly [key: string]: unknown }): FieldProblem[] {
  return [
    ...(codes['evaluation_code']
      ? []
      : [warning('evaluation_code', 'is empty: nothing is checked')]),
    ...(codes['remediation_code']
      ? []
      : [warning('remediation_code', 'is empty: the worklet never changes a device')]),
  ];
}

/** source: 'Automox developer portal: Create a new policy', auto_patch. */
function automationWarnings(days: number, autoPatch: boolean | null | undefined): FieldProblem[] {
  if (days === 0 || autoPatch !== false) return [];
  return [warning('auto_patch', 'is false: the policy is not executed by its schedule')];
}

function deviceFilterWarnings(
  enabled: boolean | null | undefined,
  rows: readonly unknown[] | null | undefined,
): FieldProblem[] {
  if (enabled !== false || (rows ?? []).length === 0) return [];
  return [warning('device_filters', 'has no effect while device_filters_enabled is false')];
}

const unknownKeyWarnings = (configuration: object): FieldProblem[] =>
  Object.keys(configuration)
    .filter((key) => !isKnownToVendor(key))
    .map((key) => warning(key, 'is not a documented key: it is sent as it is'));

const warning = (key: string, problem: string): FieldProblem => ({
  field: `configuration.${key}`,
  problem,
});
