import type { Job, JobSummary } from './job.ts';
import type { JobStatus } from './states.ts';

export interface JobQuery {
  readonly status?: JobStatus;
  readonly account?: string;
  readonly type?: string;
  /** 1 to 200. */
  readonly limit: number;
  /** The `orderKey` after which to go on, as a former page gave it. */
  readonly cursor?: string;
}

export interface JobPage {
  /** Newest first. */
  readonly jobs: readonly JobSummary[];
  readonly cursor?: string;
}

/**
 * The jobs table. `find` is consistent, lists may lag a moment behind; every write is conditional.
 * Throws `store.unavailable`.
 */
export interface JobStore {
  /** Writes the row if no row has its id; else answers the row that is there. */
  create(
    job: Job,
  ): Promise<{ readonly created: true } | { readonly created: false; existing: Job }>;
  find(id: string): Promise<Job | undefined>;
  /**
   * Replaces the row if its version is still `expectedVersion`; else answers the present row.
   * A repeat of a write whose answer was lost (same `writeId`) is stored, not refused.
   */
  replace(
    job: Job,
    expectedVersion: number,
  ): Promise<{ readonly stored: true } | { readonly stored: false; current: Job | undefined }>;
  list(query: JobQuery): Promise<JobPage>;
  /** Ids of jobs whose `attentionAtMs` has come, oldest first. */
  listDue(nowMs: number, limit: number): Promise<readonly string[]>;
}
