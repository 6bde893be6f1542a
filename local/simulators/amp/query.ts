/** How parameters are read. Throws Refusal with 400 on a value that means nothing. */
import { days } from '../../../shared/kernel/duration.ts';
import type { WireHead } from '../frame/wire.ts';
import { refuse } from './envelope.ts';

/** All values of `name[]` and of the bare `name`; undefined when there is none: no condition. */
export function listOf(head: WireHead, name: string): readonly string[] | undefined {
  const values = [...head.query.getAll(`${name}[]`), ...head.query.getAll(name)];
  return values.length === 0 ? undefined : values;
}

export function integersOf(head: WireHead, name: string): readonly number[] | undefined {
  return listOf(head, name)?.map((text) =>
    /^\d+$/.test(text) ? Number(text) : refuse(head, 400, `${name} must be an integer`),
  );
}

export function integerOf(head: WireHead, name: string): number | undefined {
  const text = head.query.get(name);
  if (text === null) return undefined;
  return /^\d+$/.test(text) ? Number(text) : refuse(head, 400, `${name} must be an integer`);
}

/** A number of days, in milliseconds. */
export function daysOf(head: WireHead, name: string): number | undefined {
  const count = integerOf(head, name);
  return count === undefined ? undefined : days(count);
}

/** ISO 8601, in whole seconds since the epoch. */
export function secondsOf(head: WireHead, name: string): number | undefined {
  const text = head.query.get(name);
  if (text === null) return undefined;
  const atMs = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) refuse(head, 400, `${name} must be an ISO 8601 date`);
  return Math.floor(atMs / 1_000);
}

/** A text that has to be there. */
export function requiredText(head: WireHead, name: string): string {
  const text = head.query.get(name) ?? '';
  return text === '' ? refuse(head, 400, `${name} is required`) : text;
}

export const isAmong = (
  wanted: readonly string[] | undefined,
  value: string | undefined,
): boolean => wanted === undefined || (value !== undefined && wanted.includes(value));

export const SHA256 = /^[0-9a-f]{64}$/i;
