import type * as z from 'zod';
import type { Account, ProviderName } from '../config/account.ts';
import type { Json } from '../kernel/json.ts';
import type { Progress } from './job.ts';
import type { OperationCall } from './operation.ts';

/** What a vendor answered to one call. */
export interface VendorAnswer {
  /**
   * - `wire`: the vendor answered this very call
   * - `found`: an earlier delivery sent it and its effect was found, so it was not sent again
   * - `observed`: the job only observes; nothing was sent
   */
  readonly from: 'wire' | 'found' | 'observed';
  readonly status: number;
  readonly body: Json;
}

/** How a job ended well. Anything else is thrown. */
export interface JobEnd {
  readonly status: 'succeeded' | 'partial';
  /** One sentence for people. */
  readonly summary: string;
  /** A small result; lists go through `rows`. */
  readonly data?: Json;
  /** Number of parts put by `rows.putPart`, to be joined into the result. */
  readonly parts?: number;
}

/**
 * What a running job may do. Every method may end the delivery by throwing; the job's function runs
 * again at the next delivery from its last checkpoint, so it must reach the same step again.
 */
export interface JobContext {
  readonly run: number;
  readonly observing: boolean;
  /** Whose credential is used: an account of the job type's provider. */
  readonly account: Account;
  readonly checkpoint: Json | undefined;
  /**
   * Sends one request under a permit of each budget it falls under, or comes back later. `look` is
   * asked, where an earlier sending of the same `key` was never answered, whether it took effect.
   * An answered call is forgotten: `checkpointAt` right after one that must not be sent twice.
   * Throws ProviderError for every status that is not 2xx.
   */
  call(call: OperationCall, look?: () => Promise<boolean>): Promise<VendorAnswer>;
  /** Where to go on after a crash: kept with the next write, which is before the next vendor write. */
  checkpointAt(checkpoint: Json, progress?: Progress): void;
  /** Kept in the job and shown to the caller: something that is not what it may seem. */
  warn(text: string): void;
  putPart(index: number, rows: readonly Json[]): Promise<void>;
  putNote(name: string, value: Json): Promise<void>;
  findNote(name: string): Promise<Json | undefined>;
}

/** One kind of job. `params` is strict: unknown fields are errors that name the field. */
export interface JobType<Params = unknown> {
  readonly type: string;
  readonly provider: ProviderName;
  /** One sentence: what it does to whom. */
  readonly description: string;
  readonly params: z.ZodType<Params>;
  readonly example: Json;
  /** The scarcest budget the job spends from first; jobs of one budget and tenant wait in one line. */
  readonly budget: string;
  /** How many of a tenant's jobs may go on at once; more than 1 only where order does not matter. */
  readonly shards: number;
  execute(context: JobContext, params: Params): Promise<JobEnd>;
}

/** Every job type there is. */
export interface JobCatalog {
  find(type: string): JobType | undefined;
  list(): readonly JobType[];
}
