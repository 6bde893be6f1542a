import { describe, expect, it } from 'vitest';
import { configuredWith, fieldsOf, type Kind, problemsOf } from './sample-policies.ts';

const kinds: Kind[] = ['patch', 'custom', 'required_software'];
const text = (length: number) => 'x'.repeat(length);

const messages = [
  ['custom_notification_patch_message', 125],
  ['custom_notification_reboot_message', 125],
  ['custom_pending_reboot_notification_message', 125],
  ['custom_notification_patch_message_mac', 70],
  ['custom_notification_reboot_message_mac', 70],
  ['custom_pending_reboot_notification_message_mac', 70],
] as const;
const timeouts = ['notify_user_message_timeout', 'notify_deferred_reboot_user_message_timeout'];
const delays = ['custom_notification_max_delays', 'custom_pending_reboot_notification_max_delays'];
const periods = [
  'custom_notification_deferment_periods',
  'custom_pending_reboot_notification_deferment_periods',
];

describe.each(kinds)('configuration of a %s policy', (kind) => {
  const problemFields = (changes: Record<string, unknown>) =>
    fieldsOf(configuredWith(kind, changes));

  it.each(messages)('takes %s up to %i characters and says what to shorten', (key, max) => {
    expect(problemFields({ [key]: text(max) })).toEqual([]);
    expect(problemFields({ [key]: null })).toEqual([]);
    expect(problemsOf(configuredWith(kind, { [key]: text(max + 1) }))).toEqual([
      {
        field: `configuration.${key}`,
        problem: `is ${max + 1} characters long: shorten it to ${max} or fewer`,
      },
    ]);
  });

  it.each(timeouts)('takes %s from 15 to 480 whole minutes', (key) => {
    for (const good of [15, 120, 480]) expect(problemFields({ [key]: good })).toEqual([]);
    for (const bad of [14, 481, 15.5, '15', 0]) {
      expect(problemFields({ [key]: bad })).toEqual([`configuration.${key}`]);
    }
  });

  it.each(delays)('takes %s from 0', (key) => {
    expect(problemFields({ [key]: 0 })).toEqual([]);
    for (const bad of [-1, 1.5, '3']) {
      expect(problemFields({ [key]: bad })).toEqual([`configuration.${key}`]);
    }
  });

  it.each(periods)('takes up to 3 different hours in %s, or one alone', (key) => {
    for (const good of [[1, 4, 8], [24], 4, [], null]) {
      expect(problemFields({ [key]: good })).toEqual([]);
    }
    for (const bad of [[1, 2, 3, 4], [4, 4], 'often']) {
      expect(problemFields({ [key]: bad })).toEqual([`configuration.${key}`]);
    }
    for (const bad of [25, 0, 1.5]) {
      expect(problemFields({ [key]: [1, bad] })).toEqual([`configuration.${key}[1]`]);
    }
  });

  it.each([
    ['configuration.auto_reboot', { auto_reboot: 'yes' }],
    ['configuration.notify_user', { notify_user: 1 }],
    ['configuration.device_filters', { device_filters: {} }],
    [
      'configuration.device_filters[0].field',
      { device_filters: [{ field: 'colour', op: 'in', value: ['x'] }] },
    ],
    [
      'configuration.device_filters[0].op',
      { device_filters: [{ field: 'tag', op: 'is', value: ['x'] }] },
    ],
    [
      'configuration.device_filters[0].value',
      { device_filters: [{ field: 'tag', op: 'in', value: [] }] },
    ],
    [
      'configuration.device_filters[0].value',
      { device_filters: [{ field: 'tag', op: 'in', value: 'x' }] },
    ],
  ])('names %s when it is wrong: %j', (field, change) => {
    expect(problemFields(change)).toEqual([field]);
  });

  it('refuses the older device filter rows, key by key', () => {
    expect(problemFields({ device_filters: [{ type: 'tag', tag_name: 'x' }] })).toEqual([
      'configuration.device_filters[0].field',
      'configuration.device_filters[0].op',
      'configuration.device_filters[0].value',
      'configuration.device_filters[0].type',
      'configuration.device_filters[0].tag_name',
    ]);
  });
});

describe('what each kind of policy requires', () => {
  it.each([
    ['custom', 'os_family'],
    ['custom', 'evaluation_code'],
    ['custom', 'remediation_code'],
    ['required_software', 'os_family'],
    ['required_software', 'package_name'],
    ['required_software', 'package_version'],
    ['required_software', 'installation_code'],
  ] as const)('of %s names %s where it is absent', (kind, key) => {
    const [problem] = problemsOf(configuredWith(kind, { [key]: undefined }));
    expect(problem?.field).toBe(`configuration.${key}`);
    expect(problem?.problem).toMatch(/^is missing: it must be /);
  });

  it.each(['windows', 'LINUX', 'macOS', 'Darwin', null, ''])('refuses os_family %j', (os) => {
    for (const kind of ['custom', 'required_software'] as const) {
      expect(problemsOf(configuredWith(kind, { os_family: os }))).toEqual([
        {
          field: 'configuration.os_family',
          problem: 'must be exactly "Windows", "Mac" or "Linux"',
        },
      ]);
    }
  });

  it.each([
    ['installation_code', null],
    ['installation_code', ''],
    ['package_name', ''],
    ['package_version', 140],
  ])('refuses required software with %s %j', (key, value) => {
    expect(fieldsOf(configuredWith('required_software', { [key]: value }))).toEqual([
      `configuration.${key}`,
    ]);
  });

  it('lets a worklet and a patch policy carry null codes', () => {
    const codes = { evaluation_code: null, remediation_code: null, installation_code: null };
    expect(fieldsOf(configuredWith('custom', codes))).toEqual([]);
    expect(fieldsOf(configuredWith('patch', codes))).toEqual([]);
  });
});
