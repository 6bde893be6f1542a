/**
 * One schedule out of two ways to give it: words become masks, masks given beside words must say
 * the same, and a schedule that would silently never run is refused.
 */
import * as z from 'zod';
import { invariant } from '../../../kernel/invariant.ts';
import { isJsonObject } from '../../../kernel/json.ts';
import { scheduleToMasks } from './schedule.ts';
import type { ScheduleMasks } from './schedule-masks.ts';
import { type PolicySchedule, TIME_ZONE_PATTERN } from './schedule-words.ts';

type ScheduleFields = { [K in keyof ScheduleMasks]?: ScheduleMasks[K] | undefined };

interface ResolvedSchedule extends ScheduleFields {
  readonly schedule_days: number;
  readonly schedule_time: string;
}

/** The fields that the words change; weeks and months may stay absent: every week, every month. */
export function resolveSchedule(
  schedule: PolicySchedule | undefined,
  given: ScheduleFields,
  ctx: z.RefinementCtx,
): ResolvedSchedule {
  const words: ScheduleFields = schedule === undefined ? {} : scheduleToMasks(schedule);
  const masks = { ...given, ...words };
  for (const { field, message } of [
    ...findContradictions(given, words),
    ...findIdleSchedule(masks),
  ]) {
    ctx.addIssue({ code: 'custom', path: [field], message });
  }
  const { schedule_days, schedule_time } = masks;
  invariant(
    schedule_days !== undefined && schedule_time !== undefined,
    'schedulePresence is checked before the schedule is resolved',
  );
  return { ...words, schedule_days, schedule_time };
}

type SchedulePresence = ScheduleFields & { readonly schedule?: PolicySchedule | undefined };

/** Reported together with every other problem, also where another field is wrong. */
export const schedulePresence = (['schedule_days', 'schedule_time'] as const).map((field) =>
  z.refine<SchedulePresence>(
    (policy) => policy.schedule !== undefined || policy[field] !== undefined,
    {
      path: [field],
      error: `is missing: set it, or give the schedule in words under "schedule"`,
      when: ({ value }) => isJsonObject(value),
    },
  ),
);

interface ScheduleProblem {
  readonly field: keyof ScheduleMasks;
  readonly message: string;
}

function findContradictions(given: ScheduleFields, words: ScheduleFields): ScheduleProblem[] {
  return (Object.keys(words) as (keyof ScheduleMasks)[])
    .filter((field) => given[field] !== undefined && given[field] !== words[field])
    .map((field) => ({
      field,
      message:
        `is ${JSON.stringify(given[field])} but "schedule" means ${JSON.stringify(words[field])}: ` +
        'give one of them, or make them equal',
    }));
}

/** Absent weeks and months mean every one of them; 0 beside chosen days would mean never. */
function findIdleSchedule(masks: ScheduleFields): ScheduleProblem[] {
  const problems: ScheduleProblem[] = [];
  if (masks.schedule_days !== 0) {
    for (const [field, all] of [
      ['schedule_weeks_of_month', 62],
      ['schedule_months', 8190],
    ] as const) {
      if (masks[field] !== 0) continue;
      const message =
        'must not be 0 while schedule_days is set: the policy would never run. ' +
        `Use ${all} for all, or schedule_days 0 for a policy that runs only by hand`;
      problems.push({ field, message });
    }
  }
  if (masks.use_scheduled_timezone && !TIME_ZONE_PATTERN.test(masks.scheduled_timezone ?? '')) {
    const message =
      'must be a fixed offset such as "UTC+0000" while use_scheduled_timezone is true';
    problems.push({ field: 'scheduled_timezone', message });
  }
  return problems;
}
