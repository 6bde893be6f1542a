/**
 * Scheduled maintenance: which state a window is in at an instant.
 *
 * Every schedule is read in UTC, whatever its time zone: the simulator keeps no zone rules.
 */
import { days } from '../../../shared/kernel/duration.ts';
import { findDate } from './dates.ts';
import type { Row } from './world.ts';

export interface Schedule {
  readonly isRecurring: boolean;
  readonly startMs: number;
  /** The end of a one-time window, or of the first of many. */
  readonly endMs: number;
  readonly pattern: Row;
}

export type MaintenanceStatus = 'Active' | 'Pending' | 'Suspended' | 'Completed';

export interface Maintenance {
  readonly row: Row & { readonly uniqueId: string; readonly name: string };
  readonly schedule: Schedule;
  suspended: boolean;
  /** Ended by hand: until the end of the window in which that was, or for good. */
  endedUntilMs: number;
}

export function statusOf(maintenance: Maintenance, nowMs: number): MaintenanceStatus {
  const { schedule, suspended, endedUntilMs } = maintenance;
  if (suspended) return 'Suspended';
  if (!schedule.isRecurring && nowMs >= Math.min(schedule.endMs, endedUntilMs || Infinity)) {
    return 'Completed';
  }
  if (nowMs < endedUntilMs) return 'Pending';
  return windowEndMs(schedule, nowMs) === undefined ? 'Pending' : 'Active';
}

/** The end of the window that is open at this instant; undefined when none is. */
export function windowEndMs(schedule: Schedule, nowMs: number): number | undefined {
  const { isRecurring, startMs, endMs, pattern } = schedule;
  if (nowMs < startMs) return undefined;
  if (!isRecurring) return nowMs < endMs ? endMs : undefined;
  const sinceMs = (nowMs - startMs) % days(1);
  const openedAtMs = nowMs - sinceMs;
  const isOpen = sinceMs < endMs - startMs && fallsOn(pattern, new Date(openedAtMs));
  return isOpen ? openedAtMs + endMs - startMs : undefined;
}

/** Throws nothing: undefined when the schedule means nothing. */
export function findSchedule(given: Row): Schedule | undefined {
  const startMs = findDate(given['startTime']);
  const endMs = findDate(given['endTime']);
  const isRecurring = given['type'] === 'Recurring';
  if (startMs === undefined || endMs === undefined || endMs <= startMs) return undefined;
  if (!isRecurring && given['type'] !== 'One-Time') return undefined;
  const pattern = (given['pattern'] ?? {}) as Row;
  return { isRecurring, startMs, endMs, pattern };
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const WEEKS = ['First', 'Second', 'Third', 'Fourth', 'Last'];

function fallsOn(pattern: Row, day: Date): boolean {
  const weekday = day.getUTCDay();
  const listed = (field: string): string[] => String(pattern[field] ?? '').split(/,\s*/);
  switch (String(pattern['type']).toLowerCase()) {
    case 'weekly':
      return listed('weekDays').includes(WEEKDAYS[weekday] ?? '');
    case 'monthly':
      return pattern['weekIndex'] === undefined
        ? listed('dayOfMonth').includes(String(day.getUTCDate()))
        : pattern['dayOfWeek'] === WEEKDAYS[weekday] && isWeek(pattern['weekIndex'], day);
    default:
      return pattern['dayFrequency'] !== 'every weekday' || (weekday >= 1 && weekday <= 5);
  }
}

function isWeek(weekIndex: unknown, day: Date): boolean {
  const date = day.getUTCDate();
  const daysInMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0));
  if (weekIndex === 'Last') return date + 7 > daysInMonth.getUTCDate();
  return Math.ceil(date / 7) === WEEKS.indexOf(String(weekIndex)) + 1;
}
