/**
 * A policy schedule in words and in Automox's bit masks, both ways, without loss: masks → words →
 * masks is the identity for every valid mask.
 */
import { SluiceError } from '../../../errors/sluice-error.ts';
import { DAYS, decodeMask, encodeMask, fullMask, isMask, MONTHS, WEEKS } from './schedule-bits.ts';
import type { ScheduleMasks } from './schedule-masks.ts';
import type { PolicySchedule } from './schedule-words.ts';

/** A manual policy still needs a schedule_time at the vendor; which one does not matter. */
const MANUAL_TIME = '00:00';

export function scheduleToMasks(schedule: PolicySchedule): ScheduleMasks {
  const { days, time, timeZone } = schedule;
  const unsaid = days === 'none' ? 'none' : 'all';
  const months = schedule.months ?? unsaid;
  const monthNames = typeof months === 'string' ? months : months.map(monthName);
  return {
    schedule_days: toMask(DAYS, days),
    schedule_weeks_of_month: toMask(WEEKS, schedule.weeks ?? unsaid),
    schedule_months: toMask(MONTHS, monthNames),
    schedule_time: time ?? MANUAL_TIME,
    ...(timeZone === undefined ? {} : zoneFields(timeZone)),
  };
}

/** Throws `job.invalid` naming the field when a mask is odd or out of range, or the zone is absent. */
export function masksToSchedule(masks: ScheduleMasks): PolicySchedule {
  const zone = masks.use_scheduled_timezone ?? undefined;
  return {
    days: fromMask('schedule_days', DAYS, masks.schedule_days),
    weeks: fromMask('schedule_weeks_of_month', WEEKS, masks.schedule_weeks_of_month),
    months: fromMask('schedule_months', MONTHS, masks.schedule_months),
    time: masks.schedule_time,
    ...(zone === undefined ? {} : { timeZone: zone ? zoneOf(masks) : 'device' }),
  };
}

type Choice<Entry> = 'all' | 'none' | Entry[];

const monthName = (month: (typeof MONTHS)[number] | number) =>
  typeof month === 'string' ? month : MONTHS[month - 1];

function toMask<Entry>(
  table: readonly Entry[],
  choice: 'all' | 'none' | readonly (Entry | undefined)[],
): number {
  if (choice === 'none') return 0;
  return choice === 'all' ? fullMask(table) : encodeMask<Entry | undefined>(table, choice);
}

function fromMask<Entry>(field: string, table: readonly Entry[], mask: number): Choice<Entry> {
  if (!isMask(table, mask)) {
    throw invalid(field, `must be an even whole number from 0 to ${fullMask(table)}, not ${mask}`);
  }
  if (mask === 0) return 'none';
  return mask === fullMask(table) ? 'all' : decodeMask(table, mask);
}

const zoneFields = (timeZone: string) =>
  timeZone === 'device'
    ? { use_scheduled_timezone: false }
    : { use_scheduled_timezone: true, scheduled_timezone: timeZone };

function zoneOf({ scheduled_timezone: zone }: ScheduleMasks): string {
  if (zone) return zone;
  throw invalid('scheduled_timezone', 'is missing while use_scheduled_timezone is true');
}

const invalid = (field: string, problem: string): SluiceError =>
  new SluiceError('job.invalid', `${field} ${problem}`, { fields: [{ field, problem }] });
