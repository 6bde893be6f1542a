/** Policies that an organization has before anyone calls the API: one of each type, and one more. */
import { consoleDate, type Policy } from './world.ts';

const BORN_AT = consoleDate(Date.UTC(2026, 0, 5, 8));

/** Monday to Sunday, every week, every month. */
const DAILY = { schedule_days: 254, schedule_weeks_of_month: 62, schedule_months: 8190 };
const MANUAL = { schedule_days: 0, schedule_weeks_of_month: 0, schedule_months: 0 };

const ROWS = [
  {
    ...DAILY,
    name: 'Patch all workstations',
    policy_type_name: 'patch',
    groups: [1, 3],
    configuration: {
      auto_patch: true,
      auto_reboot: false,
      notify_user: true,
      patch_rule: 'all',
      filter_type: 'all',
      filters: [],
      device_filters_enabled: false,
    },
  },
  {
    ...DAILY,
    name: 'Critical patches on servers',
    policy_type_name: 'patch',
    groups: [2],
    configuration: {
      auto_patch: true,
      auto_reboot: true,
      notify_user: false,
      patch_rule: 'filter',
      filter_type: 'severity',
      severity_filter: ['critical', 'high'],
      is_patch_tuesday: false,
    },
  },
  {
    ...MANUAL,
    name: 'Worklet: check disk encryption',
    policy_type_name: 'custom',
    groups: [],
    configuration: {
      os_family: 'Windows',
      evaluation_code: 'exit 0',
      remediation_code: 'Enable-BitLocker -MountPoint C:',
    },
  },
  {
    ...MANUAL,
    name: 'Required: VPN client',
    policy_type_name: 'required_software',
    groups: [4],
    configuration: {
      os_family: 'Mac',
      package_name: 'VPN client',
      package_version: '5.2.0',
      installation_code: 'installer -pkg vpn.pkg -target /',
    },
  },
] as const;

export function samplePolicies(
  organizationId: number,
  firstId: number,
  groupIds: readonly number[],
  nextUuid: () => string,
): Policy[] {
  return ROWS.map(({ groups, ...row }, index) => ({
    ...row,
    id: firstId + index,
    uuid: nextUuid(),
    organization_id: organizationId,
    create_time: BORN_AT,
    schedule_time: '02:00',
    use_scheduled_timezone: false,
    scheduled_timezone: null,
    notes: '',
    server_groups: groups.flatMap((group) => groupIds[group] ?? []),
  }));
}
