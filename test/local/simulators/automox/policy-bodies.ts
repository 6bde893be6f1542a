/** Bodies that the console accepts, to be spoiled one field at a time. */
import { ORG } from './console.ts';

const SCHEDULE = {
  organization_id: ORG,
  schedule_days: 254,
  schedule_weeks_of_month: 62,
  schedule_months: 8190,
  schedule_time: '06:00',
  notes: '',
};

export const patchPolicy = (change: object = {}, configuration: object = {}): object => ({
  ...SCHEDULE,
  name: 'My New Patch All',
  policy_type_name: 'patch',
  configuration: {
    auto_patch: false,
    notify_user: true,
    patch_rule: 'all',
    filter_type: 'all',
    ...configuration,
  },
  ...change,
});

export const workletPolicy = (configuration: object = {}): object => ({
  ...SCHEDULE,
  name: 'My worklet',
  policy_type_name: 'custom',
  configuration: {
    os_family: 'Windows',
    evaluation_code: 'exit 0',
    remediation_code: 'exit 0',
    ...configuration,
  },
});

export const softwarePolicy = (configuration: object = {}): object => ({
  ...SCHEDULE,
  name: 'My software',
  policy_type_name: 'required_software',
  configuration: {
    os_family: 'Mac',
    package_name: 'VPN',
    package_version: '5',
    installation_code: 'install',
    ...configuration,
  },
});
