/**
 * A policy schedule as a person writes it: `{ "days": ["mon", "wed"], "weeks": [1, 3],
 * "months": "all", "time": "01:00" }`. What is left out means "all", except for a policy that runs
 * only by hand (`"days": "none"`), which has no weeks, months or time of its own.
 */
import * as z from 'zod';
import { DAYS, MONTHS, WEEKS } from './schedule-bits.ts';
import { quoted, says } from './wording.ts';

/** source: 'Automox developer portal: Create a new policy', "hh:mm"; sample values are 24-hour. */
export const ScheduleTime = z
  .string(says('must be a time "HH:MM" on the 24-hour clock, such as "01:00"'))
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d$/,
    says('must be a time "HH:MM" on the 24-hour clock, such as "01:00"'),
  );

/** source: 'Automox console API, OpenAPI description': scheduled_timezone, `UTC+0000`. */
export const TIME_ZONE_PATTERN = /^UTC[+-](0\d|1[0-4])[0-5]\d$/;

const lowerCase = (value: unknown): unknown =>
  typeof value === 'string' ? value.toLowerCase() : value;

const Day = z.preprocess(lowerCase, z.enum(DAYS));
const Week = z.literal(WEEKS);
const Month = z.preprocess(lowerCase, z.literal([...MONTHS, ...MONTHS.map((_, i) => i + 1)]));

const listOf = <Entry extends z.ZodType>(entry: Entry, entries: string, example: string) =>
  z.union(
    [z.literal('all'), z.literal('none'), z.array(entry).min(1)],
    says(`must be "all", "none" or a list of ${entries}, such as ${example}`),
  );

export const PolicySchedule = z
  .strictObject(
    {
      days: listOf(Day, quoted(DAYS), '["mon", "wed"]').describe(
        'Days of the week; "none" is a policy that runs only by hand',
      ),
      weeks: listOf(Week, 'weeks 1 to 5', '[1, 3]')
        .optional()
        .describe('Calendar weeks of the month (not "nth weekday"); default "all"'),
      months: listOf(Month, `${quoted(MONTHS)}, or numbers 1 to 12`, '["jan", "jul"]')
        .optional()
        .describe('Months of the year by name or number; default "all"'),
      time: ScheduleTime.optional().describe('Required unless days is "none"'),
      timeZone: z
        .union(
          [z.literal('device'), z.string().regex(TIME_ZONE_PATTERN)],
          says(
            'must be "device" (each device\'s own clock) or a fixed offset such as "UTC+0000" or ' +
              '"UTC-0700": Automox takes no zone names',
          ),
        )
        .optional()
        .describe('Default: the clock of each device'),
    },
    says('must be an object such as {"days": ["mon"], "time": "01:00"}'),
  )
  .superRefine((schedule, ctx) => {
    if (schedule.days === 'none') return;
    if (schedule.time === undefined) {
      ctx.addIssue({
        code: 'custom',
        path: ['time'],
        message: 'is missing: it must say when the policy runs, such as "01:00"',
      });
    }
    for (const field of ['weeks', 'months'] as const) {
      if (schedule[field] !== 'none') continue;
      const message =
        'must not be "none" while days are chosen: the policy would never run. Use "all", name ' +
        `${field}, or set days to "none"`;
      ctx.addIssue({ code: 'custom', path: [field], message });
    }
  });
export type PolicySchedule = z.output<typeof PolicySchedule>;
