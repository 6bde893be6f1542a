/**
 * When a schedule runs next: `at(…)`, `rate(…)` and `cron(…)` as a pure function of time.
 * Source: Amazon EventBridge Scheduler user guide, Schedule types.
 */
import { days, hours, minutes, seconds } from '../../../shared/kernel/duration.ts';
import { parseCron } from './cron-expression.ts';
import { InvalidScheduleExpression } from './invalid-schedule-expression.ts';
import { zonedTimeAtMs } from './zoned-time.ts';

export interface ScheduleExpression {
  readonly kind: 'at' | 'rate' | 'cron';
  /** The first run after `afterMs`; undefined where there is none. */
  nextRunAtMs(afterMs: number): number | undefined;
}

/** `second` is an extension of this emulator, for tests and demos that cannot wait. */
const units: Readonly<Record<string, (n: number) => number>> = {
  second: seconds,
  minute: minutes,
  hour: hours,
  day: days,
};

/** The first run after `afterMs`; a rate counts from there. Throws InvalidScheduleExpression. */
export const nextRunAtMs = (
  expression: string,
  timeZone: string,
  afterMs: number,
): number | undefined => parseSchedule(expression, timeZone, afterMs).nextRunAtMs(afterMs);

/** `anchorMs` is the instant that a rate counts from. Throws InvalidScheduleExpression. */
export function parseSchedule(
  expression: string,
  timeZone: string,
  anchorMs: number,
): ScheduleExpression {
  const [, kind, text = ''] = /^(at|rate|cron)\((.+)\)$/.exec(expression) ?? [];
  refuseUnknownZone(timeZone);
  switch (kind) {
    case 'at':
      return { kind, nextRunAtMs: once(text, timeZone) };
    case 'rate':
      return { kind, nextRunAtMs: every(text, anchorMs) };
    case 'cron':
      return { kind, nextRunAtMs: parseCron(text, timeZone) };
    default:
      throw new InvalidScheduleExpression(`Invalid Schedule Expression ${expression}.`);
  }
}

function refuseUnknownZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new InvalidScheduleExpression(`Invalid Time Zone ${timeZone}.`);
  }
}

function once(text: string, timeZone: string): ScheduleExpression['nextRunAtMs'] {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) || Number.isNaN(Date.parse(`${text}Z`))) {
    throw new InvalidScheduleExpression(`Invalid Schedule Expression at(${text}).`);
  }
  const atMs = zonedTimeAtMs(text, timeZone);
  return (afterMs) => (atMs > afterMs ? atMs : undefined);
}

function every(text: string, anchorMs: number): ScheduleExpression['nextRunAtMs'] {
  const [, count = '', unit = ''] = /^([1-9]\d*) (second|minute|hour|day)s?$/.exec(text) ?? [];
  const intervalMs = units[unit]?.(Number(count));
  if (intervalMs === undefined) {
    throw new InvalidScheduleExpression(`Invalid Schedule Expression rate(${text}).`);
  }
  return (afterMs) => {
    const passed = Math.max(0, Math.floor((afterMs - anchorMs) / intervalMs));
    return anchorMs + (passed + 1) * intervalMs;
  };
}
