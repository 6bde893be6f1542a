/** A whole job that lists what the console lists in pages. */
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import { listRows as listAll, type RowSource } from '../../../jobs/put-rows.ts';
import { type List, listPages } from '../list-pages.ts';

export const listRows = (
  context: JobContext,
  list: Omit<List, 'from'>,
  source: Omit<RowSource, 'pages'>,
): Promise<JobEnd> =>
  listAll(context, { ...source, pages: (from = 0) => listPages(context, { ...list, from }) });
