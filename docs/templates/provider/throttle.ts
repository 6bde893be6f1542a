/** How long the vendor wants to be left alone, told from a 429 and its headers. */
import { type ThrottleSignals, xRateLimitDialect } from '../../../shared/http/throttle-signals.ts';
import type { Operation } from '../../../shared/jobs/operation.ts';
import type { BudgetName } from './limits.ts';

/** The same header means an instant at one vendor and seconds to go at another. */
export const rateLimitDialect = xRateLimitDialect('seconds-to-go');

/** The headers of an answer tell of this budget, whichever refused. */
export const taughtBudget: BudgetName = 'account';

export const throttledMs = (
  _operation: Operation,
  { retryAfterMs, resetInMs }: ThrottleSignals,
  documentedMs: number,
): number => retryAfterMs ?? resetInMs ?? documentedMs;
