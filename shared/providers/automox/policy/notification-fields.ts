/** What users of a device see before and after a policy acts, and how long they may put it off. */
import * as z from 'zod';
import { flag, says } from './wording.ts';

/** source: 'Automox developer portal: Create a new policy' (pending messages: its OpenAPI twin). */
const MESSAGE_CHARACTERS_MAX = { windows: 125, mac: 70 } as const;
const TIMEOUT_MINUTES = { min: 15, max: 480 } as const;
const DEFERMENT = { periodsMax: 3, hoursMax: 24 } as const;

const message = (system: keyof typeof MESSAGE_CHARACTERS_MAX) => {
  const max = MESSAGE_CHARACTERS_MAX[system];
  return z
    .string(says('must be a text'))
    .max(max, {
      error: ({ input }) =>
        `is ${String(input).length} characters long: shorten it to ${max} or fewer`,
    })
    .nullish();
};

const timeoutMinutes = () => {
  const { min, max } = TIMEOUT_MINUTES;
  const remedy = says(`must be whole minutes from ${min} to ${max} (the default is ${min})`);
  return z.int(remedy).min(min, remedy).max(max, remedy).nullish();
};

const delaysMax = () => {
  const remedy = says('must be a whole number of deferrals, 0 or more');
  return z.int(remedy).min(0, remedy).nullish();
};

/** A bare number stands for a list of one: the documentation types the field both ways. */
const defermentPeriods = () => {
  const { periodsMax, hoursMax } = DEFERMENT;
  const remedy = says(
    `must be up to ${periodsMax} different whole hours, each from 1 to ${hoursMax}, such as [1, 4, 8]`,
  );
  const hours = z.int(remedy).min(1, remedy).max(hoursMax, remedy);
  const offered = (periods: readonly number[]) =>
    periods.length <= periodsMax && new Set(periods).size === periods.length;
  return z
    .preprocess(
      (value) => (typeof value === 'number' ? [value] : value),
      z
        .array(hours, remedy)
        .refine(offered, remedy)
        .meta({ maxItems: periodsMax, uniqueItems: true })
        .nullable(),
    )
    .optional();
};

export const notificationFields = {
  notify_user: flag(),
  notify_reboot_user: flag(),
  notify_deferred_reboot_user: flag(),
  install_deferral_enabled: flag(),
  pending_reboot_deferral_enabled: flag(),
  notify_user_message_timeout: timeoutMinutes(),
  notify_deferred_reboot_user_message_timeout: timeoutMinutes(),
  notify_user_auto_deferral_enabled: flag(),
  notify_deferred_reboot_user_auto_deferral_enabled: flag(),
  custom_notification_max_delays: delaysMax(),
  custom_pending_reboot_notification_max_delays: delaysMax(),
  custom_notification_deferment_periods: defermentPeriods(),
  custom_pending_reboot_notification_deferment_periods: defermentPeriods(),
  custom_notification_patch_message: message('windows'),
  custom_notification_reboot_message: message('windows'),
  custom_pending_reboot_notification_message: message('windows'),
  custom_notification_patch_message_mac: message('mac'),
  custom_notification_reboot_message_mac: message('mac'),
  custom_pending_reboot_notification_message_mac: message('mac'),
};
