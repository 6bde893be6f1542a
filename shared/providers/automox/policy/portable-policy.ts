/**
 * A policy as code: what a job that creates or ensures a policy takes, and nothing of the place where
 * it was read. The schedule is in words where its masks are valid.
 */
import type { JsonObject } from '../../../kernel/json.ts';
import { masksToSchedule } from './schedule.ts';
import { ScheduleMasks } from './schedule-masks.ts';

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

function portableSchedule(masks: JsonObject): JsonObject {
  return masks;
}

/** What is null at Automox is absent in code. */
const pick = (row: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = row[key];
      return value === undefined || value === null ? [] : [[key, value]];
    }),
  );
