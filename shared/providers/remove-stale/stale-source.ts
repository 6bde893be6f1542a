import type * as z from 'zod';
import type { Page } from '../../http/pagination.ts';
import type { JobContext } from '../../jobs/job-type.ts';
import type { JsonObject } from '../../kernel/json.ts';

/** What a vendor keeps of its machines, as a removal of the stale ones needs to know it. */
export interface StaleSource<Id extends number | string, Select> {
  /** One of them: `device`. */
  readonly thing: string;
  readonly Id: z.ZodType<Id>;
  /** What they all belong to: `organization`. */
  readonly whole: string;
  /** Which of those the account is for: a report of another one is refused. */
  readonly wholeOf: (context: Pick<JobContext, 'account' | 'accountName'>) => string;
  /** All of them, from the cursor or from the first page. */
  readonly pages: (context: JobContext, from: number | undefined) => AsyncGenerator<Page<number>>;
  /** A row whose id is none is nothing to act on. */
  readonly idOf: (row: JsonObject) => unknown;
  /** When it was last there; undefined where it is there, or nobody knows: such a one is not stale. */
  readonly lastSeenMs: (row: JsonObject) => number | undefined;
  readonly isSelected: (select: Select, row: JsonObject, nowMs: number) => boolean;
  /** What a person needs to judge the list. */
  readonly describe: (row: JsonObject) => JsonObject;
  /** The row as it is now. Throws `provider.not-found` where it is gone. */
  readonly look: (context: JobContext, id: Id) => Promise<JsonObject>;
  readonly remove: (context: JobContext, id: Id) => Promise<unknown>;
}
