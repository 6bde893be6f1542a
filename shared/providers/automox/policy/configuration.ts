/**
 * The `configuration` of each kind of policy. Known keys are checked against their limits; a key
 * that is not known passes through untouched, for Automox adds keys without documenting them.
 */
import * as z from 'zod';
import { deviceFilterFields } from './device-filters.ts';
import { notificationFields } from './notification-fields.ts';
import { patchFields } from './patch-fields.ts';
import { checkPatchRule } from './patch-rules.ts';
import { flag, quoted, says } from './wording.ts';

/** source: 'Automox console API, observed': any other spelling is answered with 400. */
const OS_FAMILIES = ['Windows', 'Mac', 'Linux'] as const;

const osFamily = z.enum(OS_FAMILIES, says(`must be exactly ${quoted(OS_FAMILIES)}`));
const code = (purpose: string) => z.string(says(`must be the script that ${purpose}`));
const filled = (what: string) => z.string(says(`must be ${what}`)).min(1, says(`must be ${what}`));

/** Null code fields are in the vendor's own sample of a patch policy. */
const sharedFields = {
  auto_patch: flag().describe('Run by the schedule; false leaves the policy to be run by hand'),
  auto_reboot: flag(),
  missed_patch_window: flag(),
  refresh_before_remediation: flag(),
  ...notificationFields,
  ...deviceFilterFields,
  evaluation_code: code('finds out whether the device complies').nullish(),
  remediation_code: code('makes the device comply').nullish(),
  installation_code: code('installs the software').nullish(),
};

const softwareFields = {
  package_name: filled('the name of the package, as devices report it'),
  package_version: z.string(says('must be the version of the package')),
};

const remedy = says('must be an object with the settings of the policy');

export const PatchConfiguration = z
  .looseObject({ ...sharedFields, ...patchFields }, remedy)
  .superRefine(checkPatchRule);

export const WorkletConfiguration = z.looseObject(
  {
    ...sharedFields,
    os_family: osFamily,
    evaluation_code: code('finds out whether the device complies (exit 0), or null').nullable(),
    remediation_code: code('makes the device comply, or null').nullable(),
  },
  remedy,
);

export const SoftwareConfiguration = z.looseObject(
  {
    ...sharedFields,
    ...softwareFields,
    os_family: osFamily,
    installation_code: filled('the script that installs the software'),
  },
  remedy,
);

const CHECKED_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys({ ...sharedFields, ...patchFields, ...softwareFields }),
  'os_family',
]);

/** True for a key that this module checks, for any kind of policy. */
export const isConfigurationKey = (key: string): boolean => CHECKED_KEYS.has(key);

/**
 * Keys that Automox is known to take and whose values nobody has documented.
 * source: 'Automox console API, OpenAPI description' and 'Automox console API, observed'.
 */
const UNCHECKED_KEYS: ReadonlySet<string> = new Set([
  'secrets',
  'use_scheduled_timezone',
  'scheduled_timezone',
  'notify_deferred_reboot_user_timeout',
  'notify_reboot_deferred',
  'is_patch_tuesday',
  'patch_tuesday_offset',
]);
const UNCHECKED_SUFFIXES = ['_notification_deadline', '_do_not_disturb_honored'] as const;

export const isKnownToVendor = (key: string): boolean =>
  isConfigurationKey(key) ||
  UNCHECKED_KEYS.has(key) ||
  UNCHECKED_SUFFIXES.some((suffix) => key.endsWith(suffix));
