import type * as z from 'zod';
import type { Account } from '../config/account.ts';
import type { Json } from '../kernel/json.ts';
import type { Secret } from '../kernel/secret.ts';
import type { Progress } from './job.ts';
import type { Operation, OperationCall } from './operation.ts';
import type { EventKind, JobEvent } from './ports.ts';
import type { SourceSecrets } from './source-secrets.ts';

/** What a vendor answered to one call. */
export interface VendorAnswer {
  /**
   * - `wire`: the vendor answered this very call, in this delivery or, to a read, in one before that had
   *   to go back to the queue
   * - `found`: it was sent before and its effect was found: it was not sent again, or, of `goneIsDone`,
   *   the vendor answered that nothing is there
   * - `observed`: the job only observes; nothing was sent
   */
  readonly from: 'wire' | 'found' | 'observed';
  readonly status: number;
  readonly body: Json;
  /** By name, what the operation seals and the answer held. */
  readonly sealed?: Readonly<Record<string, Secret>>;
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
  /** The account's name in the config. */
  readonly accountName: string;
  /** Whose credential is used: an account of the job type's provider. */
  readonly account: Account;
  readonly checkpoint: Json | undefined;
  /**
   * Sends one request under a permit of each budget it falls under, or comes back later; reads of this
   * step that were answered are then not sent again, as long as they ask for the same. `look` is
   * asked, where an earlier sending of the same `key` was never answered, whether it took effect.
   * An answered call is forgotten: `checkpointAt` right after one that must not be sent twice.
   * Throws ProviderError for every status that is not 2xx.
   */
  call(call: OperationCall, look?: () => Promise<boolean>): Promise<VendorAnswer>;
  /** Where to go on after a crash: kept with the next write, which is before the next vendor write. */
  checkpointAt(checkpoint: Json, progress?: Progress): void;
  /** The present instant; another one at every delivery. */
  nowMs(): number;
  /**
   * Ends the delivery: the job's function runs again at about `atMs` (a minute late at most), for
   * what the vendor does by itself meanwhile. Nothing waits behind a job that waits so.
   */
  comeBackAt(atMs: number): never;
  /**
   * Tells the world of what was found, each event at least once: a delivery that dies tells again from
   * its last checkpoint.
   */
  emit(events: readonly JobEvent[]): Promise<void>;
  /** Kept in the job and shown to the caller: something that is not what it may seem. */
  warn(text: string): void;
  putPart(index: number, rows: readonly Json[]): Promise<void>;
  putNote(name: string, value: Json): Promise<void>;
  findNote(name: string): Promise<Json | undefined>;
  /** A value of the account that outlives the job. The last one to keep it wins. */
  keep(name: string, value: Json): Promise<void>;
  findKept(name: string): Promise<Json | undefined>;
  /** A note that another job kept. Check what it says: whose job that was is not checked here. */
  findNoteOf(jobId: string, name: string): Promise<Json | undefined>;
  /** Of the webhook sources that the account manages. */
  readonly sourceSecrets: SourceSecrets;
}

/** What a job costs and needs, for whoever plans a run. Nothing at run time depends on it. */
export interface JobCost {
  /** Those that it calls: its budgets and its repeat class follow from them. */
  readonly operations: readonly Operation[];
  /** How many calls for how many items: "1 for each 500 devices". */
  readonly calls: string;
  /** What the vendor must allow the credential, in the vendor's words. */
  readonly permissions?: readonly string[];
}

/** One kind of job. `params` is strict: unknown fields are errors that name the field. */
export interface JobType<Params = unknown> {
  readonly type: string;
  /** The vendor: its name in the config. */
  readonly provider: string;
  /** One sentence: what it does to whom. */
  readonly description: string;
  readonly params: z.ZodType<Params>;
  readonly example: Json;
  /** The scarcest budget the job spends from first; jobs of one budget and tenant wait in one line. */
  readonly budget: string;
  /** Where parameters decide which budget that is. */
  budgetOf?(params: Params): string;
  /** How many of a tenant's jobs may go on at once; more than 1 only where order does not matter. */
  readonly shards: number;
  /**
   * Its jobs of one account go on one after the other, whatever their tenant and priority. None may wait
   * outside of the queue (`comeBackAt`): the next would go on meanwhile.
   */
  readonly oneAtATime?: true;
  readonly cost?: JobCost;
  /** Keeps secrets of webhook sources: its vendor's accounts may be named as `managedBy`. */
  readonly keepsSourceSecrets?: true;
  /** Events that a job of this type tells of; a reaction of the config may ask for them. */
  readonly tells?: EventKind;
  execute(context: JobContext, params: Params): Promise<JobEnd>;
}

/** Every job type there is. */
export interface JobCatalog {
  find(type: string): JobType | undefined;
  list(): readonly JobType[];
}
