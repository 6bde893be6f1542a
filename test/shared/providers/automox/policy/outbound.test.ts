import { describe, expect, it } from 'vitest';
import { toOutboundPolicy } from '../../../../../shared/providers/automox/policy/outbound.ts';
import { PolicyCreateParams } from '../../../../../shared/providers/automox/policy/policy-params.ts';
import { configuredWith, documentedExamples, policyWith, samples } from './sample-policies.ts';

const send = (input: unknown) =>
  toOutboundPolicy(PolicyCreateParams.parse(input), { organizationId: 9237 });
const bodyOf = (input: unknown) => send(input).body;
const warnedFields = (input: unknown) => send(input).warnings.map(({ field }) => field);

const rows = [{ field: 'tag', op: 'in', value: ['lab'] }];
const advanced = [{ left: 'patch-os', condition: 'is', right: 'mac' }];

describe('toOutboundPolicy', () => {
  it('adds what Automox requires of the smallest patch policy', () => {
    expect(bodyOf(samples.patch)).toEqual({
      name: 'Patch all',
      policy_type_name: 'patch',
      organization_id: 9237,
      schedule_days: 42,
      schedule_weeks_of_month: 62,
      schedule_months: 8190,
      schedule_time: '01:00',
      use_scheduled_timezone: false,
      notes: '',
      server_groups: [],
      configuration: { auto_patch: true, patch_rule: 'all', filter_type: 'all' },
    });
  });

  it.each(documentedExamples)('sends %s with the organization, zone and filter_type', (_, body) => {
    const { create_time: __, ...documented } = body;
    expect(bodyOf(body)).toEqual({
      ...documented,
      organization_id: 9237,
      use_scheduled_timezone: false,
      server_groups: body['server_groups'] ?? [],
      configuration: { ...body.configuration, filter_type: 'all' },
    });
  });

  it.each([0, '0000', 9237, '9237', null])('sends the organization of the account for %j', (id) => {
    expect(bodyOf(policyWith('patch', { organization_id: id })).organization_id).toBe(9237);
  });

  it('refuses a policy of another organization', () => {
    expect(() => send(policyWith('patch', { organization_id: 5 }))).toThrow(
      expect.objectContaining({
        code: 'job.refused',
        fields: [expect.objectContaining({ field: 'organization_id' })],
      }),
    );
  });

  it.each([
    [254, 62, 8190],
    [0, 0, 0],
  ])('completes a schedule of days %i with weeks %i and months %i', (days, weeks, months) => {
    const absent = { schedule_weeks_of_month: undefined, schedule_months: undefined };
    expect(bodyOf(policyWith('patch', { schedule_days: days, ...absent }))).toMatchObject({
      schedule_weeks_of_month: weeks,
      schedule_months: months,
    });
  });

  it('sends the time zone that is in use', () => {
    const zone = { use_scheduled_timezone: true, scheduled_timezone: 'UTC+0000' };
    expect(bodyOf(policyWith('patch', zone))).toMatchObject(zone);
  });

  it('strips a time zone that is not in use, and says so', () => {
    const idle = policyWith('patch', { scheduled_timezone: 'UTC+0000' });
    expect(bodyOf(idle)).not.toHaveProperty('scheduled_timezone');
    expect(warnedFields(idle)).toEqual(['scheduled_timezone']);
  });

  it.each(['custom', 'required_software'] as const)('strips filter_type of %s', (kind) => {
    expect(bodyOf(configuredWith(kind, { filter_type: 'all' })).configuration).toEqual(
      samples[kind].configuration,
    );
  });

  it.each(['include', 'all', 'null', null, undefined])(
    'sends filter_type "all" for %j unless the rule is filter',
    (type) => {
      for (const rule of ['all', 'manual', 'advanced']) {
        const change = { patch_rule: rule, filter_type: type, advanced_filter: advanced };
        const { configuration } = bodyOf(configuredWith('patch', change));
        expect(configuration).toMatchObject({ patch_rule: rule, filter_type: 'all' });
      }
    },
  );

  it('keeps filter_type with the rule filter, also where only the type is given', () => {
    for (const rule of ['filter', undefined]) {
      const change = { patch_rule: rule, filter_type: 'exclude', filters: ['*KB1*'] };
      expect(bodyOf(configuredWith('patch', change)).configuration).toMatchObject({
        patch_rule: 'filter',
        filter_type: 'exclude',
      });
    }
  });

  it.each([
    [undefined, true],
    [null, true],
    [true, true],
    [false, false],
  ])('with device filters, sends device_filters_enabled %j as %j', (given, sent) => {
    const change = { device_filters_enabled: given, device_filters: rows };
    expect(bodyOf(configuredWith('patch', change)).configuration['device_filters_enabled']).toBe(
      sent,
    );
  });

  it('drops nulls that stand for absent, and keeps those that Automox knows', () => {
    const known = { evaluation_code: null, severity_filter: null };
    const absent = { filters: null, notify_user: null, custom_notification_patch_message: null };
    const { configuration } = bodyOf(configuredWith('patch', { ...known, ...absent }));
    expect(configuration).toEqual({
      ...samples.patch.configuration,
      ...known,
      filter_type: 'all',
    });
  });

  it('sends unknown configuration keys as they are, and says so', () => {
    const policy = configuredWith('custom', { brand_new: null, patch_tuesday_offset: 3 });
    expect(bodyOf(policy).configuration).toMatchObject({
      brand_new: null,
      patch_tuesday_offset: 3,
    });
    expect(warnedFields(policy)).toEqual(['configuration.brand_new']);
  });

  it('sends notify_user of required software beside its name', () => {
    const body = bodyOf(policyWith('required_software', { notify_user: false }));
    expect(body.notify_user).toBe(false);
    expect(body.configuration).toEqual(samples.required_software.configuration);
  });

  it('sends a single deferral period as a list', () => {
    const key = 'custom_pending_reboot_notification_deferment_periods';
    expect(bodyOf(configuredWith('patch', { [key]: 4 })).configuration[key]).toEqual([4]);
  });
});

describe('warnings of toOutboundPolicy', () => {
  it.each([
    ['patch', {}, []],
    ['custom', {}, []],
    ['required_software', {}, []],
    ['patch', { auto_patch: false }, ['auto_patch']],
    ['patch', { patch_rule: undefined }, ['patch_rule']],
    ['patch', { patch_rule: undefined, filter_type: 'include', filters: ['x'] }, ['patch_rule']],
    ['patch', { filter_type: 'include', filters: ['x'] }, ['filter_type', 'filters']],
    [
      'patch',
      {
        patch_rule: 'filter',
        filter_type: 'severity',
        severity_filter: ['high'],
        filters: ['x'],
        advanced_filter: advanced,
      },
      ['filters', 'advanced_filter'],
    ],
    [
      'patch',
      { patch_rule: 'advanced', advanced_filter: advanced, severity_filter: ['high'] },
      ['severity_filter'],
    ],
    ['patch', { device_filters: rows }, []],
    ['patch', { device_filters: rows, device_filters_enabled: false }, ['device_filters']],
    ['custom', { remediation_code: null }, ['remediation_code']],
    ['custom', { evaluation_code: '' }, ['evaluation_code']],
    ['required_software', { my_notification_deadline: 1, secrets: {} }, []],
  ] as const)('of %s with %j name %j', (kind, change, keys) => {
    expect(warnedFields(configuredWith(kind, change))).toEqual(
      keys.map((key) => `configuration.${key}`),
    );
  });

  it('include those of the schedule', () => {
    const manual = { schedule: { days: 'none' }, schedule_days: undefined };
    const masks = { schedule_weeks_of_month: undefined, schedule_months: undefined };
    const policy = policyWith('patch', { ...manual, ...masks, schedule_time: undefined });
    expect(warnedFields(policy)).toEqual(['schedule_days']);
  });
});
