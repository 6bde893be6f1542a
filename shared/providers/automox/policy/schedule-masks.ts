/** The schedule fields of a policy as Automox takes them: three bit masks, a time and a zone. */
import * as z from 'zod';
import { DAYS, fullMask, MONTHS, WEEKS } from './schedule-bits.ts';
import { ScheduleTime } from './schedule-words.ts';
import { says } from './wording.ts';

export interface ScheduleMasks {
  readonly schedule_days: number;
  readonly schedule_weeks_of_month: number;
  readonly schedule_months: number;
  readonly schedule_time: string;
  readonly use_scheduled_timezone?: boolean | null | undefined;
  readonly scheduled_timezone?: string | null | undefined;
}

const mask = (table: readonly unknown[], worth: string) => {
  const remedy = says(
    `must be an even whole number from 0 to ${fullMask(table)}: the sum of ${worth} (bit 0 is ` +
      'never used), or write the schedule in words under "schedule"',
  );
  return z.int(remedy).min(0, remedy).max(fullMask(table), remedy).multipleOf(2, remedy);
};

/** All optional here: `schedule` in words may stand in for them. */
export const scheduleMaskFields = {
  schedule_days: mask(DAYS, 'Mon 2, Tue 4, Wed 8, Thu 16, Fri 32, Sat 64, Sun 128')
    .optional()
    .describe('Bit mask of week days; 254 every day, 0 only by hand'),
  schedule_weeks_of_month: mask(WEEKS, '1st 2, 2nd 4, 3rd 8, 4th 16, 5th 32')
    .optional()
    .describe('Bit mask of the weeks of a month; 62 every week'),
  schedule_months: mask(MONTHS, 'Jan 2, Feb 4, Mar 8, … Dec 4096')
    .optional()
    .describe('Bit mask of months; 8190 every month'),
  schedule_time: ScheduleTime.optional().describe('HH:MM, 24 hours'),
  use_scheduled_timezone: z
    .boolean(says('must be true (scheduled_timezone) or false (the clock of each device)'))
    .nullish(),
  scheduled_timezone: z
    .string(says('must be a fixed offset such as "UTC+0000"'))
    .nullish()
    .describe('A fixed offset such as UTC+0000; used only with use_scheduled_timezone'),
};
