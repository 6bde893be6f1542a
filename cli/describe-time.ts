import { days, hours, minutes, seconds } from '../shared/kernel/duration.ts';

/** `312 ms`, `38 s`, `4 min 12 s`, `3 h 5 min`, `5 d 2 h`. */
export function describeSpan(spanMs: number): string {
  const ms = Math.max(0, spanMs);
  if (ms < seconds(1)) return `${Math.round(ms)} ms`;
  if (ms < minutes(1)) return `${Math.floor(ms / seconds(1))} s`;
  if (ms < hours(1)) return twoUnits(ms, [minutes(1), 'min'], [seconds(1), 's']);
  if (ms < days(2)) return twoUnits(ms, [hours(1), 'h'], [minutes(1), 'min']);
  return twoUnits(ms, [days(1), 'd'], [hours(1), 'h']);
}

/** `2026-03-01 02:00:00Z`: to the second, in UTC like every instant of the API. */
export const describeInstant = (instant: string): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, 19)}Z`;

/** `2026-03-01 02:00:00Z (38 s ago)`, or `(in 38 s)`. */
export function describeDistance(instant: string, nowMs: number): string {
  const distanceMs = Date.parse(instant) - nowMs;
  const span = describeSpan(Math.abs(distanceMs));
  return `${describeInstant(instant)} (${distanceMs > 0 ? `in ${span}` : `${span} ago`})`;
}

/** `02:00:00Z (in 38 s)` while it is near enough for the time of day to tell the day, else all. */
export function describeAppointment(instant: string, nowMs: number): string {
  const leftMs = Date.parse(instant) - nowMs;
  const isNear = Math.abs(leftMs) < hours(12);
  const when = isNear ? `${instant.slice(11, 19)}Z` : describeInstant(instant);
  return `${when} (${leftMs > 0 ? `in ${describeSpan(leftMs)}` : 'due'})`;
}

type Unit = readonly [ms: number, name: string];

function twoUnits(ms: number, [largeMs, large]: Unit, [smallMs, small]: Unit): string {
  const rest = Math.floor((ms % largeMs) / smallMs);
  return `${Math.floor(ms / largeMs)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
