/**
 * The headers by which the console tells of its limits. They describe the account's budget of 100 a
 * second (or the caller's address), also when a limit of one minute refused the request.
 */
import type { Verdict } from '../frame/admission.ts';

export function rateHeaders({ standings }: Verdict, nowMs: number): Record<string, string> {
  const standing = standings.find(({ name }) => name === 'account' || name === 'unauthenticated');
  if (standing === undefined) return {};
  const { limit, remaining, windowMs } = standing;
  const resetAtSeconds = Math.floor(nowMs / 1_000) + Math.ceil(windowMs / 1_000);
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetAtSeconds),
  };
}

/** Whole seconds, and at least one. */
export function retryAfterHeader({ refused }: Verdict, nowMs: number): Record<string, string> {
  if (refused === undefined) return {};
  const waitSeconds = Math.ceil((refused.freeAtMs - nowMs) / 1_000);
  return { 'retry-after': String(Math.max(1, waitSeconds)) };
}
