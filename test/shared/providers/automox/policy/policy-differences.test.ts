import { describe, expect, it } from 'vitest';
import { toOutboundPolicy } from '../../../../../shared/providers/automox/policy/outbound.ts';
import {
  policyDifferences,
  samePolicy,
} from '../../../../../shared/providers/automox/policy/policy-differences.ts';
import { PolicyCreateParams } from '../../../../../shared/providers/automox/policy/policy-params.ts';
import { documentedExamples, samples } from './sample-policies.ts';

const sent = (input: unknown) =>
  toOutboundPolicy(PolicyCreateParams.parse(input), { organizationId: 9237 }).body;

const wanted = sent({
  ...samples.patch,
  server_groups: [1, 2],
  configuration: {
    auto_patch: true,
    include_optional: false,
    patch_rule: 'filter',
    filter_type: 'include',
    filters: ['*KB1*', '*KB2*'],
    notify_user_message_timeout: 15,
    custom_notification_max_delays: 0,
    custom_notification_deferment_periods: [1, 4, 8],
  },
});
const stored = (top: object, configuration: object = {}) => ({
  ...wanted,
  ...top,
  configuration: { ...wanted.configuration, ...configuration },
});
const all = sent(samples.patch);

describe('policyDifferences', () => {
  it.each(documentedExamples)(
    'finds none between %s and itself with keys of the vendor',
    (_, body) => {
      const policy = sent(body);
      const configuration = { ...policy.configuration, missed_patch_window: true, secrets: [] };
      const read = { ...policy, id: 77, uuid: 'u', status: 'active', configuration };
      expect(policyDifferences(policy, JSON.parse(JSON.stringify(read)))).toEqual([]);
    },
  );

  it.each([
    ['groups in another order', stored({ server_groups: [2, 1] })],
    ['an organization as text', stored({ organization_id: '9237' })],
    ['no notes', stored({ notes: null })],
    ['no zone flag', stored({ use_scheduled_timezone: undefined })],
    ['filters in another order', stored({}, { filters: ['*KB2*', '*KB1*'] })],
    ['a false flag left out', stored({}, { include_optional: null })],
    [
      'defaults left out',
      stored(
        {},
        {
          notify_user_message_timeout: undefined,
          custom_notification_max_delays: null,
          custom_notification_deferment_periods: undefined,
        },
      ),
    ],
  ])('takes %s for the same', (_, existing) => {
    expect(policyDifferences(wanted, existing)).toEqual([]);
    expect(samePolicy(wanted, existing)).toBe(true);
  });

  it('takes null groups for none', () => {
    expect(policyDifferences(all, { ...all, server_groups: null })).toEqual([]);
  });

  it.each([null, undefined, 'null', 'all'])('takes filter_type %j for "all"', (type) => {
    const configuration = { ...all.configuration, filter_type: type };
    expect(policyDifferences(all, { ...all, configuration })).toEqual([]);
  });

  it.each([
    ['name', stored({ name: 'patch all' })],
    ['policy_type_name', stored({ policy_type_name: 'custom' })],
    ['organization_id', stored({ organization_id: 9238 })],
    ['schedule_days', stored({ schedule_days: 254 })],
    ['schedule_time', stored({ schedule_time: '02:00' })],
    ['server_groups', stored({ server_groups: [1] })],
    ['server_groups', stored({ server_groups: null })],
    ['notes', stored({ notes: 'mine' })],
    ['configuration.auto_patch', stored({}, { auto_patch: false })],
    ['configuration.filter_type', stored({}, { filter_type: 'exclude' })],
    ['configuration.filters', stored({}, { filters: ['*KB1*'] })],
    ['configuration.notify_user_message_timeout', stored({}, { notify_user_message_timeout: 30 })],
    [
      'configuration.custom_notification_deferment_periods',
      stored({}, { custom_notification_deferment_periods: [1, 4] }),
    ],
  ])('names %s where it differs', (path, existing) => {
    expect(policyDifferences(wanted, existing)).toEqual([path]);
    expect(samePolicy(wanted, existing)).toBe(false);
  });

  it.each([null, [], 'html', {}])('names what is missing of %j, which is no policy', (existing) => {
    expect(policyDifferences(wanted, existing)).toEqual(
      expect.arrayContaining(['name', 'schedule_days', 'configuration.patch_rule']),
    );
  });
});
