/** The rules for `configuration`, key by key. Keys not named here pass through untouched. */
import { isAdvancedFilter } from './advanced-filter.ts';
import { findDeviceFilters } from './device-filters.ts';
import { type Body, isIntegers, isTexts } from './org-route.ts';
import type { Problems } from './policy-rules.ts';

interface Rule {
  readonly text: string;
  readonly holds: (value: unknown) => boolean;
}

const FILTER_TYPES = ['include', 'exclude', 'severity', 'all', 'null'];
const PATCH_RULES = ['all', 'filter', 'manual', 'advanced'];
const OS_FAMILIES = ['Windows', 'Mac', 'Linux'];
const SEVERITIES = ['no_known_cves', 'none', 'unknown', 'low', 'medium', 'high', 'critical'];

const isBoolean: Rule = { text: 'must be a boolean', holds: (v) => typeof v === 'boolean' };
const isText: Rule = { text: 'must be a string', holds: (v) => typeof v === 'string' };
const oneOf = (allowed: readonly string[]): Rule => ({
  text: `must be one of ${allowed.join(', ')}`,
  holds: (v) => typeof v === 'string' && allowed.includes(v),
});
const textUpTo = (max: number): Rule => ({
  text: `must be at most ${max} characters`,
  holds: (v) => typeof v === 'string' && v.length <= max,
});
const timeout: Rule = {
  text: 'must be 15 to 480 minutes',
  holds: (v) => Number.isSafeInteger(v) && Number(v) >= 15 && Number(v) <= 480,
};
const periods: Rule = {
  text: 'must be up to 3 different hours, 24 at most',
  holds: (v) =>
    isIntegers(v) &&
    v.length <= 3 &&
    new Set(v).size === v.length &&
    v.every((hours) => hours >= 1 && hours <= 24),
};

/** What every policy of a type has to have. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  patch: {
    auto_patch: isBoolean,
    notify_user: isBoolean,
    patch_rule: oneOf(PATCH_RULES),
    filter_type: oneOf(FILTER_TYPES),
  },
  custom: {
    os_family: oneOf(OS_FAMILIES),
    evaluation_code: isText,
    remediation_code: isText,
  },
  required_software: {
    os_family: oneOf(OS_FAMILIES),
    package_name: isText,
    package_version: isText,
    installation_code: isText,
  },
};

/** What has to be right when it is there; null counts as absent. */
const OPTIONAL: Readonly<Record<string, Rule>> = {
  auto_reboot: isBoolean,
  notify_reboot_user: isBoolean,
  notify_deferred_reboot_user: isBoolean,
  missed_patch_window: isBoolean,
  include_optional: isBoolean,
  device_filters_enabled: isBoolean,
  notify_user_message_timeout: timeout,
  notify_deferred_reboot_user_message_timeout: timeout,
  custom_notification_deferment_periods: periods,
  custom_pending_reboot_notification_deferment_periods: periods,
  custom_notification_patch_message: textUpTo(125),
  custom_notification_reboot_message: textUpTo(125),
  custom_pending_reboot_notification_message: textUpTo(125),
  custom_notification_patch_message_mac: textUpTo(70),
  custom_notification_reboot_message_mac: textUpTo(70),
  custom_pending_reboot_notification_message_mac: textUpTo(70),
  device_filters: {
    text: 'must hold rows of field, op and value',
    holds: (v) => findDeviceFilters(v) !== undefined,
  },
};

export function configurationProblems(type: string, configuration: Body): Problems {
  const problems: Problems = {};
  const demand = (field: string, { holds, text }: Rule): void => {
    if (!holds(configuration[field])) problems[`configuration.${field}`] = [text];
  };
  for (const [field, rule] of Object.entries(REQUIRED[type] ?? {})) demand(field, rule);
  for (const [field, rule] of Object.entries(OPTIONAL)) {
    if ((configuration[field] ?? null) !== null) demand(field, rule);
  }
  if (type === 'patch') {
    for (const [field, rule] of Object.entries(ruleFor(configuration))) demand(field, rule);
  }
  return problems;
}

/** What the chosen patch rule needs; filters beside another rule are tolerated. */
function ruleFor({ patch_rule, filter_type }: Body): Readonly<Record<string, Rule>> {
  if (patch_rule === 'advanced') {
    return { advanced_filter: { text: 'must hold advanced filter rows', holds: isAdvancedFilter } };
  }
  if (patch_rule !== 'filter') return {};
  if (filter_type === 'severity') {
    const holds = (v: unknown): boolean =>
      isTexts(v) && v.length > 0 && v.every((severity) => SEVERITIES.includes(severity));
    return { severity_filter: { text: 'must hold severities', holds } };
  }
  const named = { text: 'must hold names', holds: (v: unknown) => isTexts(v) && v.length > 0 };
  return { filters: named, filter_type: oneOf(['include', 'exclude', 'severity']) };
}
