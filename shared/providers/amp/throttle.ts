/** How long Cisco AMP wants to be left alone, told from a 429 and its headers. */
import { type ThrottleSignals, xRateLimitDialect } from '../../http/throttle-signals.ts';
import type { Operation } from '../../jobs/operation.ts';
import { seconds } from '../../kernel/duration.ts';
import type { BudgetName } from './limits.ts';

/**
 * The documentation spells `X-Rate-Limit-*`, answers spell `X-RateLimit-*`. The reset is in seconds
 * to go; `X-RateLimit-ResetDate` says the same as an instant and does not age on its way.
 *
 * source: 'Cisco AMP for Endpoints API: Rate Limits' and 'Cisco AMP API v1, observed'.
 */
export const rateLimitDialect = xRateLimitDialect('seconds-to-go', {
  resetDate: ['x-ratelimit-resetdate', 'x-rate-limit-resetdate'],
});

export const taughtBudget: BudgetName = 'account';

/** The window is an hour; what is more is the vendor's clock. */
const WAIT_MS_MAX = seconds(3_700);

/** A reset of this very second would only buy another 429. */
const WAIT_MS_MIN = seconds(1);

export function throttledMs(
  _operation: Operation,
  { retryAfterMs, resetInMs }: ThrottleSignals,
  documentedMs: number,
): number {
  const waitMs = retryAfterMs ?? resetInMs ?? documentedMs;
  return Math.min(Math.max(waitMs, WAIT_MS_MIN), WAIT_MS_MAX);
}
