/**
 * The parameters of `automox.policy.create`: the body of the vendor's "Create a new policy", for
 * patch, worklet (`custom`) and required software policies, with `schedule` in words as an
 * alternative to the bit masks.
 *
 * Lenient in: every documented sample body is accepted once it is valid JSON, with its placeholder
 * organization, flat keys, unused filters and read-only fields. Strict where leniency would do
 * harm: an unknown top-level key, a value beyond a documented limit and a filter that selects
 * nothing are errors that name the field. Parsing what was parsed changes nothing.
 */
import * as z from 'zod';
import { arrangePolicy } from './arrange-policy.ts';
import {
  PatchConfiguration,
  SoftwareConfiguration,
  WorkletConfiguration,
} from './configuration.ts';
import { resolveSchedule, schedulePresence } from './resolve-schedule.ts';
import { scheduleMaskFields } from './schedule-masks.ts';
import { PolicySchedule } from './schedule-words.ts';
import { flag, quoted, says } from './wording.ts';

const POLICY_TYPES = ['patch', 'custom', 'required_software'] as const;

const name = says('must be the name of the policy, unique in its organization');
const organization = says('must be the number of the organization, or 0 for that of the account');
const group = says('must be a list of the ids of server groups, such as [23500]');

const policyFields = {
  name: z.string(name).regex(/\S/, name),
  organization_id: z
    .union([z.int().min(0), z.string().regex(/^\d{1,15}$/)], organization)
    .transform(Number)
    .nullish()
    .describe('0 or absent: the organization of the account'),
  ...scheduleMaskFields,
  schedule: PolicySchedule.optional().describe('The schedule in words, instead of the bit masks'),
  notes: z.string(says('must be a text; it may be empty')).nullish(),
  server_groups: z
    .array(z.int(group).min(1, group), group)
    .nullish()
    .describe('Ids of the server groups that the policy is linked with; default none'),
};

const PatchPolicy = z.strictObject({
  ...policyFields,
  policy_type_name: z.literal('patch'),
  configuration: PatchConfiguration,
});

const WorkletPolicy = z.strictObject({
  ...policyFields,
  policy_type_name: z.literal('custom'),
  configuration: WorkletConfiguration,
});

const SoftwarePolicy = z.strictObject({
  ...policyFields,
  policy_type_name: z.literal('required_software'),
  notify_user: flag(),
  configuration: SoftwareConfiguration,
});

const Policy = z.discriminatedUnion(
  'policy_type_name',
  [PatchPolicy, WorkletPolicy, SoftwarePolicy],
  {
    error: ({ code, input }) => {
      if (code !== 'invalid_union') return 'must be an object: the body of a policy';
      const absent = Object(input)['policy_type_name'] === undefined;
      return `${absent ? 'is missing: it ' : ''}must be ${quoted(POLICY_TYPES)}`;
    },
  },
);

export const PolicyCreateParams = z.preprocess(
  arrangePolicy,
  Policy.check(...schedulePresence).transform(({ schedule, ...policy }, ctx) => ({
    ...policy,
    ...resolveSchedule(schedule, policy, ctx),
  })),
);
export type PolicyCreateParams = z.output<typeof PolicyCreateParams>;
