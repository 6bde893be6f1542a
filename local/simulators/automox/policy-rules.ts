/**
 * What a policy must look like to be stored, as the live service demands it, which is stricter than
 * its own description: `filter_type` is needed on every patch policy, for one.
 */
import { type Body, isIntegers } from './org-route.ts';
import { configurationProblems } from './policy-configuration-rules.ts';
import type { Org } from './world.ts';

export type Problems = Record<string, string[]>;

/** Masks are even, since bit 0 means nothing, and no larger than all of their bits. */
const MASKS = { schedule_days: 254, schedule_weeks_of_month: 62, schedule_months: 8190 };

const TYPES = ['patch', 'custom', 'required_software'];

/** Fields with what is wrong with each; none when the policy may be stored. */
export function policyProblems(org: Org, body: Body): Problems {
  const { name, policy_type_name: type, configuration, organization_id, schedule_time } = body;
  const { notes, server_groups = [] } = body;
  const problems: Problems = {};
  const demand = (field: string, holds: boolean, text: string): void => {
    if (!holds) problems[field] = [text];
  };
  demand('name', typeof name === 'string' && name !== '', 'is required');
  demand('policy_type_name', TYPES.includes(String(type)), `must be one of ${TYPES.join(', ')}`);
  demand('organization_id', Number(organization_id ?? Number.NaN) === org.id, 'must be o');
  demand('schedule_time', isTime(schedule_time), 'must be HH:MM');
  demand('notes', typeof notes === 'string', 'is required, and may be empty');
  const groups = server_groups ?? [];
  const areKnown = isIntegers(groups) && groups.every((id) => org.groups.has(id));
  demand('server_groups', areKnown, 'must be ids of groups');
  Object.assign(problems, scheduleProblems(body));
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) {
    return { ...problems, configuration: ['is required'] };
  }
  return { ...problems, ...configurationProblems(String(type), configuration as Body) };
}

/** Weeks and months are needed as soon as any day is set; no day at all means a manual policy. */
function scheduleProblems(body: Body): Problems {
  const problems: Problems = {};
  const manual = body['schedule_days'] === 0;
  for (const [field, max] of Object.entries(MASKS)) {
    const value = body[field];
    const mayBeEmpty = field === 'schedule_days' || manual;
    if (value === undefined && manual) continue;
    const mask = Number.isSafeInteger(value) ? Number(value) : -1;
    const inRange = mask >= 0 && mask <= max && mask % 2 === 0;
    if (!inRange) problems[field] = [`must be an even number from 0 to ${max}`];
    else if (mask === 0 && !mayBeEmpty) problems[field] = ['must be set when days are'];
  }
  const { use_scheduled_timezone: fixed, scheduled_timezone: zone } = body;
  if (fixed === true && !/^UTC[+-]\d{4}$/.test(String(zone))) {
    problems['scheduled_timezone'] = ['must be like UTC+0000'];
  }
  return problems;
}

const isTime = (time: unknown): boolean =>
  typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
