/** The headers by which OpsRamp tells where the caller's lane stands; the reset is epoch seconds. */
import type { Verdict } from '../frame/admission.ts';
import type { RateHeaderMode } from './settings.ts';

/** None on an answer that no limit counted, such as a token's. */
export function rateHeaders(verdict: Verdict, mode: RateHeaderMode): Record<string, string> {
  const [standing] = verdict.standings;
  if (standing === undefined || !mode.sent) return {};
  const { name, limit, remaining } = standing;
  const resetAtMs = verdict.refused?.freeAtMs ?? standing.resetAtMs;
  const rows: readonly (readonly [name: string, value: string | number])[] = [
    ['X-RateLimit-Limit', limit],
    ['X-RateLimit-Remaining', remaining],
    ['X-RateLimit-Reset', Math.ceil(resetAtMs / 1_000) + mode.skewSeconds],
    ...(mode.bucket ? [['X-Ratelimit-Bucket', name] as const] : []),
  ];
  return Object.fromEntries(
    rows.map(([header, value]) => [
      mode.lowerCase ? header.toLowerCase() : header,
      mode.quoted ? `"${value}"` : String(value),
    ]),
  );
}

/** Whole seconds, and at least one. */
export function retryAfterHeader({ refused }: Verdict, nowMs: number): Record<string, string> {
  if (refused === undefined) return {};
  const waitSeconds = Math.ceil((refused.freeAtMs - nowMs) / 1_000);
  return { 'Retry-After': String(Math.max(1, waitSeconds)) };
}
