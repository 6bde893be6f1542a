/** The events that a webhook may be told of, by what they happen to. */
import { isTexts } from './org-route.ts';

const eventsOf = {
  device:
    'created updated deleted detail_updated checkin_updated command_executed disconnected_extended',
  policy:
    'created updated deleted evaluated compliant non_compliant remediation_started notification_accepted blocked_remediated',
  worklet: 'success failure execution_started',
  device_group: 'created updated deleted',
  organization: 'preference_updated',
  audit:
    'user_logged_in user_created user_removed role_created role_updated role_deleted role_revoked role_assigned agent_auto_update_disabled agent_auto_update_enabled release_channel_changed saml_disabled saml_enabled api_key_deleted device_reboot_requested device_scan_requested',
} as const;

const known = new Set(
  Object.entries(eventsOf).flatMap(([subject, events]) =>
    events.split(' ').map((event) => `${subject}.${event}`),
  ),
);

export const isEventTypes = (value: unknown): value is readonly string[] =>
  isTexts(value) && value.length > 0 && value.every((type) => known.has(type));
