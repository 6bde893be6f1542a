/** What the API answers, as far as this tool reads it. */
import type { JobSummaryView, JobView } from '../shared/jobs/describe-job.ts';
import type { JobStatus } from '../shared/jobs/states.ts';
import type { JsonObject } from '../shared/kernel/json.ts';

export type { JobSummaryView, JobView };

export interface SubmittedView {
  readonly id: string;
  readonly status: JobStatus;
  readonly duplicate?: boolean;
}

export interface JobPageView {
  readonly jobs: readonly JobSummaryView[];
  readonly cursor?: string;
}

export interface BudgetView {
  readonly id: string;
  readonly requests: number;
  readonly windowMs: number;
  /** Permits held now; null where the budget keeps a pace and counts none. */
  readonly held: number | null;
  readonly waiting: readonly { readonly group: string; readonly until: string }[];
  readonly paused: boolean;
  readonly blockedUntil?: string;
  readonly throttled: number;
}

export interface JobTypeView {
  readonly type: string;
  readonly provider: string;
  readonly description: string;
  readonly budget: string;
  /** JSON Schema of the whole message. */
  readonly schema: JsonObject;
  readonly example: JsonObject;
}
