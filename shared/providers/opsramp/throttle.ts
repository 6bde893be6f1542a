/** How long OpsRamp wants a lane to be left alone, told from a 429 and its headers. */
import { type ThrottleSignals, xRateLimitDialect } from '../../http/throttle-signals.ts';
import type { Operation } from '../../jobs/operation.ts';
import { seconds } from '../../kernel/duration.ts';

/** The window is a minute: a reset beyond two is a clock that differs, and a past one is now. */
const WAIT_MS_MAX = seconds(120);
const WAIT_MS_MIN = seconds(1);

/**
 * source: 'OpsRamp developer portal: API overview, rate limits' (reset in UTC epoch seconds) and
 * 'HPE OpsRamp Terraform provider' (values in double quotes, and the bucket).
 */
export const rateLimitDialect = xRateLimitDialect('epoch-seconds', {
  quoted: true,
  bucket: ['x-ratelimit-bucket'],
  resetMsMax: WAIT_MS_MAX,
});

/** The headers describe the lane of the very call, of which each operation has one. */
export const taughtBudgetOf = ({ budgets }: Operation): string | undefined => budgets[0];

/** No more calls on that lane until then: within the minute of a breach none is processed. */
export function throttledMs(
  _operation: Operation,
  { retryAfterMs, resetInMs }: ThrottleSignals,
  documentedMs: number,
): number {
  if (retryAfterMs !== undefined) return Math.max(retryAfterMs, WAIT_MS_MIN);
  if (resetInMs === undefined) return documentedMs;
  return Math.max(resetInMs, WAIT_MS_MIN);
}
