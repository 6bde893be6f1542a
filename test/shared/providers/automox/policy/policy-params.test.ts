import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PolicyCreateParams } from '../../../../../shared/providers/automox/policy/policy-params.ts';
import {
  configuredWith,
  documentedExamples,
  fieldsOf,
  type Kind,
  policyWith,
  problemsOf,
  samples,
} from './sample-policies.ts';

const kinds = Object.keys(samples) as Kind[];

describe('PolicyCreateParams', () => {
  it.each(documentedExamples)('accepts the documented body of %s', (_, body) => {
    const policy = PolicyCreateParams.parse(body);
    expect(policy.configuration).toEqual(body.configuration);
    expect(policy.schedule_days).toBe(body['schedule_days']);
  });

  it.each(documentedExamples)('accepts %s with its configuration laid out flat', (_, body) => {
    const { configuration, ...top } = body;
    expect(PolicyCreateParams.parse({ ...configuration, ...top })).toEqual(
      PolicyCreateParams.parse(body),
    );
  });

  it.each(kinds)('leaves a parsed %s policy as it is when it is parsed again', (kind) => {
    const once = PolicyCreateParams.parse(policyWith(kind, { organization_id: '007' }));
    expect(PolicyCreateParams.parse(once)).toEqual(once);
  });

  it.each([
    ['0', 0],
    ['0000', 0],
    ['9237', 9237],
    [9237, 9237],
    [null, null],
    [undefined, undefined],
  ])('reads the organization %j as %j', (given, expected) => {
    const policy = PolicyCreateParams.parse(policyWith('patch', { organization_id: given }));
    expect(policy.organization_id).toBe(expected);
  });

  it('drops what Automox shows on reading and does not take', () => {
    const readOnly = {
      id: 12345,
      uuid: 'u',
      policy_uuid: 'u',
      account_id: 'a',
      create_time: '2019-09-20T21:16:34+0000',
      server_count: 3,
      status: 'active',
      next_remediation: null,
      community_worklet_id: null,
      policy_template_id: 1,
    };
    expect(PolicyCreateParams.parse(policyWith('patch', readOnly))).toEqual(
      PolicyCreateParams.parse(samples.patch),
    );
  });

  it('passes unknown configuration keys through untouched', () => {
    const unknown = { patch_tuesday_offset: 3, brand_new: { deep: [null, 'x'] } };
    const { configuration } = PolicyCreateParams.parse(configuredWith('patch', unknown));
    expect(configuration).toMatchObject(unknown);
  });

  it('keeps notify_user of required software where it stands', () => {
    const policy = PolicyCreateParams.parse(policyWith('required_software', { notify_user: true }));
    expect(policy).toMatchObject({ notify_user: true });
    expect(policy.configuration).not.toHaveProperty('notify_user');
  });

  it('moves notify_user of a patch policy into its configuration', () => {
    const policy = PolicyCreateParams.parse(policyWith('patch', { notify_user: true }));
    expect(policy.configuration.notify_user).toBe(true);
  });

  it('refuses a flat key that differs from the configuration, and takes an equal one', () => {
    expect(fieldsOf(policyWith('patch', { patch_rule: 'manual' }))).toEqual(['patch_rule']);
    expect(fieldsOf(policyWith('patch', { patch_rule: 'all' }))).toEqual([]);
  });

  it('names every unknown top-level key', () => {
    expect(fieldsOf(policyWith('patch', { scheduel: 1, colour: 2 }))).toEqual([
      'scheduel',
      'colour',
    ]);
  });

  it('names every missing field at once', () => {
    expect(fieldsOf({ policy_type_name: 'patch' }).toSorted()).toEqual([
      'configuration',
      'name',
      'schedule_days',
      'schedule_time',
    ]);
  });

  it.each([
    ['policy_type_name', { policy_type_name: 'worklet' }],
    ['policy_type_name', { policy_type_name: undefined }],
    ['name', { name: ' ' }],
    ['name', { name: 5 }],
    ['notes', { notes: 5 }],
    ['organization_id', { organization_id: -1 }],
    ['organization_id', { organization_id: 'acme' }],
    ['server_groups', { server_groups: 23500 }],
    ['server_groups[1]', { server_groups: [1, 'two'] }],
    ['server_groups[0]', { server_groups: [0] }],
    ['configuration', { configuration: [] }],
    ['use_scheduled_timezone', { use_scheduled_timezone: 'yes' }],
  ])('names %s when it is wrong: %j', (field, change) => {
    expect(fieldsOf(policyWith('patch', change))).toEqual([field]);
  });

  it.each([null, [], 'policy', 7])('refuses %j, which is no policy', (input) => {
    expect(problemsOf(input)).toEqual([
      { field: '(body)', problem: 'must be an object: the body of a policy' },
    ]);
  });

  it('answers any input with a policy or with named fields, and never throws', () => {
    const noise = fc.dictionary(
      fc.constantFrom('name', 'configuration', 'schedule', 'schedule_days', 'filters', 'x'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), noise, (kind, change) => {
        const result = PolicyCreateParams.safeParse(policyWith(kind, change));
        if (result.success) expect(PolicyCreateParams.parse(result.data)).toEqual(result.data);
        else expect(problemsOf(policyWith(kind, change)).every(({ field }) => field)).toBe(true);
      }),
      { seed: 1 },
    );
  });
});

describe('JSON Schema of PolicyCreateParams', () => {
  it('has one closed shape for each kind of policy, and an open configuration', () => {
    const { oneOf } = z.toJSONSchema(PolicyCreateParams, { io: 'input' });
    expect(oneOf?.map((shape) => Object(shape).properties.policy_type_name.const)).toEqual(kinds);
    for (const shape of oneOf ?? []) {
      expect(shape).toMatchObject({
        additionalProperties: false,
        required: ['name', 'policy_type_name', 'configuration'],
        properties: { configuration: { type: 'object', additionalProperties: {} } },
      });
      expect(shape).toHaveProperty('properties.schedule.properties.days');
    }
  });
});
