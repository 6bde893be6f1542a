/**
 * What a vendor is to Sluice: data (limits, operations, dialect) and job types. One folder per vendor
 * with the same file names in each; a provider never imports another.
 */
import type * as z from 'zod';
import type { Account } from '../config/account.ts';
import type { ProviderError } from '../errors/provider-error.ts';
import type { RateLimitDialect, ThrottleSignals } from '../http/throttle-signals.ts';
import type { Token } from '../http/token-cache.ts';
import type { AnsweredResult } from '../http/vendor-client.ts';
import type { JobType } from '../jobs/job-type.ts';
import type { Operation, OperationCall } from '../jobs/operation.ts';
import type { Secret } from '../kernel/secret.ts';
import type { BudgetLimit } from '../limiter/budget.ts';

/** Headers that authorize a call; values that must not be printed are Secrets. */
export type AuthorizationHeaders = Readonly<Record<string, string | Secret>>;

/** What an account of any vendor has. */
export interface AnyAccount {
  readonly provider: string;
}

/** How a vendor knows who calls: by the credential itself, or by a token that it is exchanged for. */
export type Authorization<Credential, A extends AnyAccount = Account> =
  | { readonly kind: 'credential'; headers(credential: Credential): AuthorizationHeaders }
  | {
      readonly kind: 'token';
      /** The call that gives a token; it spends from budgets like any other. */
      exchange(credential: Credential, account: A): OperationCall;
      /** Throws ProviderError where the answer holds no token. */
      readToken(answer: AnsweredResult): Token;
      headers(token: Secret): AuthorizationHeaders;
    };

/** `A` is the account as the config describes it; its `provider` is the name of the vendor. */
export interface Provider<Credential = unknown, A extends AnyAccount = Account> {
  readonly name: A['provider'];
  /** Where the account's calls go, of an allow-list. On AWS nothing else is ever called. */
  baseUrl(account: A): string;
  /** The JSON value of the account's secret. */
  readonly credential: z.ZodType<Credential>;
  readonly authorization: Authorization<Credential, A>;
  /** Statuses by which the vendor says that credential or token is not taken. */
  readonly refusalStatuses: readonly number[];
  /** Query parameters that every call of the account carries. */
  accountQuery(account: A, operation: Operation): Readonly<Record<string, string | number>>;
  /** Values for those placeholders of an operation's path that name the account's tenant. */
  accountPath(account: A): Readonly<Record<string, string | number>>;
  limitsOf(account: A): readonly BudgetLimit[];
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rateLimitDialect: RateLimitDialect;
  /** The budget that the rate-limit headers of an answer to `operation` describe. */
  taughtBudgetOf(operation: Operation): string | undefined;
  /** The typed error of an answer that is not the documented success. */
  findError(operation: Operation, answer: AnsweredResult): ProviderError | undefined;
  /** How long a 429 blocks; `documentedMs` is the budget's own rule for a 429 without instruction. */
  throttledMs(operation: Operation, signals: ThrottleSignals, documentedMs: number): number;
  readonly jobTypes: readonly JobType[];
}
