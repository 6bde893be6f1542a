/**
 * The headers by which the API tells of its limit, on every answer. `Reset` is a number of seconds to
 * go, cut to whole ones; `ResetDate` is the instant, rounded up.
 */
import type { Verdict } from '../frame/admission.ts';
import type { AmpSettings } from './settings.ts';
import { zuluDate } from './world.ts';

export function rateHeaders(
  { standings }: Verdict,
  { rateHeaders: spelling }: AmpSettings,
  nowMs: number,
): Record<string, string> {
  const [standing] = standings;
  if (standing === undefined || spelling === 'missing') return {};
  const { limit, remaining, resetAtMs, windowMs } = standing;
  const prefix = spelling === 'recorded' ? 'x-ratelimit-' : 'x-rate-limit-';
  const toGoSeconds = Math.floor((resetAtMs - nowMs) / 1_000);
  const mostSeconds = Math.max(0, Math.ceil(windowMs / 1_000) - 1);
  return {
    [`${prefix}limit`]: String(limit),
    [`${prefix}remaining`]: String(remaining),
    [`${prefix}reset`]: String(Math.min(toGoSeconds, mostSeconds)),
    ...(spelling === 'recorded'
      ? { [`${prefix}resetdate`]: zuluDate(wholeSecond(resetAtMs)) }
      : {}),
  };
}

/** Whether a refusal names its wait has never been seen: the settings decide. */
export function retryAfterHeader(
  { refused }: Verdict,
  { retryAfter: form }: AmpSettings,
  nowMs: number,
): Record<string, string> {
  if (refused === undefined || form === 'absent') return {};
  const waitSeconds = Math.max(1, Math.ceil((refused.freeAtMs - nowMs) / 1_000));
  const date = new Date(wholeSecond(refused.freeAtMs)).toUTCString();
  return { 'retry-after': form === 'date' ? date : String(waitSeconds) };
}

const wholeSecond = (atMs: number): number => Math.ceil(atMs / 1_000) * 1_000;
