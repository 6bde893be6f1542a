/** What a schedule will do that its words do not suggest. Nothing here stops a policy. */
import type { FieldProblem } from '../../../errors/sluice-error.ts';
import { decodeMask, fullMask, WEEKS } from './schedule-bits.ts';
import type { ScheduleMasks } from './schedule-masks.ts';

export function scheduleWarnings(masks: ScheduleMasks): FieldProblem[] {
  if (masks.schedule_days === 0) return [warnings.manual];
  const weeks = masks.schedule_weeks_of_month;
  const chosen = weeks === fullMask(WEEKS) ? [] : decodeMask(WEEKS, weeks);
  return [
    ...(chosen.length > 0 ? [warnings.calendarWeeks] : []),
    ...(chosen.includes(5) ? [warnings.fifthWeek] : []),
    ...(masks.use_scheduled_timezone ? [warnings.fixedOffset] : []),
  ];
}

const warnings = {
  manual: {
    field: 'schedule_days',
    problem: 'no day is chosen: the policy never starts by itself, it only runs by hand',
  },
  /** source: 'Automox console API, observed': 12 of 12 run dates fit calendar weeks, 8 the nth day. */
  calendarWeeks: {
    field: 'schedule_weeks_of_month',
    problem:
      'week n is the nth calendar week of the month, not the nth such weekday: week 2 with "tue" ' +
      'need not be the second Tuesday',
  },
  fifthWeek: {
    field: 'schedule_weeks_of_month',
    problem: 'the 5th week is short or absent in most months: the policy skips those without it',
  },
  fixedOffset: {
    field: 'scheduled_timezone',
    problem: 'the offset is fixed: it does not follow daylight saving time',
  },
} as const satisfies Record<string, FieldProblem>;
