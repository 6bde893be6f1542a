/**
 * OpsRamp's `queryString`: `key:value` joined by `+`, commas between values of one key. How a `+` or a
 * comma inside a value would be written is not documented, so values hold none.
 */
import * as z from 'zod';
import { scalarText } from '../../kernel/json.ts';

type Value = string | readonly string[] | undefined;

/** A value of a search. */
export const SearchText = z
  .string()
  .regex(/^[^+,\t\r\n]{1,200}$/, 'must be 1 to 200 characters without "+" and ","');

/** An instant of a caller. */
export const Instant = z.iso.datetime({ offset: true });

/** Undefined where nothing is asked for. */
export function toQueryString(values: Readonly<Record<string, Value>>): string | undefined {
  const parts = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}:${[value].flat().join(',')}`,
  );
  return parts.length === 0 ? undefined : parts.join('+');
}

/** `2026-03-01T22:00:00+0000`: OpsRamp knows no `Z`, and no milliseconds. */
export const searchDate = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19)}+0000`;

export const searchDateOf = (instant: string | undefined): string | undefined =>
  instant === undefined ? undefined : searchDate(Date.parse(instant));

const DATE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** Any of OpsRamp's spellings, epoch seconds and milliseconds included; without a zone it is UTC. */
export function findInstantMs(value: unknown): number | undefined {
  const text = scalarText(value);
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1_000;
  if (/^\d{12,13}$/.test(text)) return Number(text);
  const [, day, time, zone = 'Z'] = DATE.exec(text) ?? [];
  if (day === undefined) return undefined;
  const atMs = Date.parse(`${day}T${time}${zone.replace(/^(.\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(atMs) ? undefined : atMs;
}
