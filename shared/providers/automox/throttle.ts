/** How long Automox wants to be left alone, told from a 429 and its headers. */
import { type ThrottleSignals, xRateLimitDialect } from '../../http/throttle-signals.ts';
import type { Operation } from '../../jobs/operation.ts';
import { minutes } from '../../kernel/duration.ts';
import type { BudgetName } from './limits.ts';

/** source: 'Automox developer portal: Rate Limiting': the reset is a UTC epoch timestamp. */
export const rateLimitDialect = xRateLimitDialect('epoch-seconds');

/** The x-ratelimit headers of every answer tell of this budget alone, whichever limit refused. */
export const taughtBudget: BudgetName = 'account';

/** The window is a second long: a reset further away is none, as in the portal's own sample. */
const RESET_MS_MAX = minutes(1);

/**
 * `retry-after` wins. Without it the reset counts for the budget that it describes, and a minute
 * limit keeps its documented wait.
 */
export function throttledMs(
  operation: Operation,
  signals: ThrottleSignals,
  documentedMs: number,
): number {
  const { retryAfterMs, resetInMs } = signals;
  if (retryAfterMs !== undefined) return retryAfterMs;
  const describesIt = operation.budgets[0] === taughtBudget;
  if (!describesIt || resetInMs === undefined) return documentedMs;
  return Math.min(Math.max(resetInMs, documentedMs), RESET_MS_MAX);
}
