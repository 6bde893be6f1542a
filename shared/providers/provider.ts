/**
 * What a vendor is to Sluice: data (limits, operations, dialect) and job types. One folder per vendor
 * with the same file names in each; a provider never imports another.
 */
import type * as z from 'zod';
import type { Account, ProviderName } from '../config/account.ts';
import type { ProviderError } from '../errors/provider-error.ts';
import type { RateLimitDialect, ThrottleSignals } from '../http/throttle-signals.ts';
import type { AnsweredResult } from '../http/vendor-client.ts';
import type { JobType } from '../jobs/job-type.ts';
import type { Operation } from '../jobs/operation.ts';
import type { Secret } from '../kernel/secret.ts';
import type { BudgetLimit } from '../limiter/budget.ts';

export interface Provider<Credential = unknown> {
  readonly name: ProviderName;
  /** Where calls go. On AWS nothing else is ever called. */
  readonly baseUrl: string;
  /** The JSON value of the account's secret. */
  readonly credential: z.ZodType<Credential>;
  /** Headers that authorize a call; values that must not be printed are Secrets. */
  authorize(credential: Credential): Readonly<Record<string, string | Secret>>;
  /** Query parameters that every call of the account carries. */
  accountQuery(account: Account, operation: Operation): Readonly<Record<string, string | number>>;
  readonly limits: readonly BudgetLimit[];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rateLimitDialect: RateLimitDialect;
  /** The budget that the vendor's rate-limit headers describe. */
  readonly taughtBudget: string;
  /** The typed error of an answer that is not 2xx (or that only looks like it). */
  findError(operation: Operation, answer: AnsweredResult): ProviderError | undefined;
  /** How long a 429 blocks; `documentedMs` is the budget's own rule for a 429 without instruction. */
  throttledMs(operation: Operation, signals: ThrottleSignals, documentedMs: number): number;
  readonly jobTypes: readonly JobType[];
}
