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
  /** The vendor's own name of what it counted the call in, where it tells one. */
  readonly bucket?: string;
}

/** What happens between opening a request and writing it. Either may stop it by throwing. */
export interface SendHooks {
  /** Once connected; the write waits for it. */
  readonly whenConnected: () => Promise<void>;
  /** In the tick of the write. */
  readonly beforeSend: () => void;
}

/**
 * One account of one vendor, as the job engine sees it: a provider's data bound to a credential.
 * Knows the vendor's dialect; knows nothing of jobs, permits or queues.
 */
export interface VendorAccount {
  /** The account as the config describes it. */
  readonly account: Account;
  /** Those of which a call holds a permit, scarcest first. */
  budgetsOf(operation: Operation): readonly Budget[];
  /**
   * Makes sure of the credential, before a permit is spent; where the vendor wants a token first and
   * none is fresh, `exchange` is asked to send the call that gives one. Throws `account.secret-*`, and
   * `provider.unauthorized` where the vendor does not take the credential.
   */
  prepare(exchange: (call: OperationCall) => Promise<AnsweredResult>): Promise<void>;
  /** Whether an answer of that status says that credential or token is not taken. */
  isRefusal(status: number): boolean;
  /** One request on the wire. Rejects with what a hook threw; nothing is then sent. */
  send(call: OperationCall, hooks: SendHooks): Promise<VendorResult>;
  /** The typed error of an answer that is not the success the operation documents. */
  findError(call: OperationCall, answer: AnsweredResult): ProviderError | undefined;
  /** How long a 429 stops the operation's scarcest budget. */
  throttledMs(call: OperationCall, answer: AnsweredResult): number;
  findTaughtLimit(call: OperationCall, answer: AnsweredResult): TaughtLimit | undefined;
  /** Drops a token, or fetches the credential anew; false where nothing newer is to be had. */
  refreshCredential(): Promise<boolean>;
}
