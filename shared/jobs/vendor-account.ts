import type { Account } from '../config/account.ts';
import type { ProviderError } from '../errors/provider-error.ts';
import type { AnsweredResult, VendorResult } from '../http/vendor-client.ts';
import type { Budget } from '../limiter/budget.ts';
import type { Operation, OperationCall } from './operation.ts';

/** What an answer's headers teach of a budget. */
export interface TaughtLimit {
  readonly budget: Budget;
  readonly requests: number;
  /** The vendor says none remain: nobody sends for so long. */
  readonly exhaustedForMs?: number;
}

/**
 * One account of one vendor, as the job engine sees it: a provider's data bound to a credential.
 * Knows the vendor's dialect; knows nothing of jobs, permits or queues.
 */
export interface VendorAccount {
  /** The account as the config describes it. */
  readonly account: Account;
  /** Scarcest first. */
  budgetsOf(operation: Operation): readonly Budget[];
  /** Makes sure of the credential, before a permit is spent. Throws `account.secret-*`. */
  prepare(): Promise<void>;
  /** One request on the wire. `beforeSend` runs in the tick of the write and may stop it by throwing. */
  send(call: OperationCall, beforeSend: () => void): Promise<VendorResult>;
  /** The typed error of an answer that is not the success the operation documents. */
  findError(call: OperationCall, answer: AnsweredResult): ProviderError | undefined;
  /** How long a 429 stops the operation's scarcest budget. */
  throttledMs(call: OperationCall, answer: AnsweredResult): number;
  findTaughtLimit(answer: AnsweredResult): TaughtLimit | undefined;
  /** Fetches the credential anew after a refusal; false where the store holds no newer one. */
  refreshCredential(): Promise<boolean>;
}
