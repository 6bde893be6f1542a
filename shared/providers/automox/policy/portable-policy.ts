/**
 * A policy as code: what a job that creates or ensures a policy takes, and nothing of the place where
 * it was read. The schedule is in words where its masks are valid.
 */
import * as z from 'zod';
import { type JsonObject, parseJson, stringifyJson } from '../../../kernel/json.ts';
import { masksToSchedule } from './schedule.ts';
import { scheduleMaskFields } from './schedule-masks.ts';
import { TIME_ZONE_PATTERN } from './schedule-words.ts';

const KEYS = ['name', 'policy_type_name', 'notes', 'server_groups', 'configuration'] as const;

/** Of required software only: the other kinds carry it in their configuration. */
const SOFTWARE_KEYS = ['notify_user'] as const;

const MASKS = [
  'schedule_days',
  'schedule_weeks_of_month',
  'schedule_months',
  'schedule_time',
  'use_scheduled_timezone',
  'scheduled_timezone',
] as const;

export function portablePolicy(row: JsonObject): JsonObject {
  const software = row['policy_type_name'] === 'required_software';
  return {
    ...pick(row, software ? [...KEYS, ...SOFTWARE_KEYS] : KEYS),
    ...portableSchedule(pick(row, MASKS)),
  };
}

const Masks = z.object(scheduleMaskFields).required({
  schedule_days: true,
  schedule_weeks_of_month: true,
  schedule_months: true,
  schedule_time: true,
});

function portableSchedule(fields: JsonObject): JsonObject {
  const masks = z.safeParse(Masks, fields);
  if (!masks.success) return fields;
  const { use_scheduled_timezone: fixed, scheduled_timezone: zone } = masks.data;
  if (fixed && !TIME_ZONE_PATTERN.test(zone ?? '')) return fields;
  return { schedule: parseJson(stringifyJson(masksToSchedule(masks.data))) };
}

/** What is null at Automox is absent in code. */
const pick = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = row[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
