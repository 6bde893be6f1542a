/**
 * `amp.computers.remove-stale`: removes computers that were not seen for long, in two jobs. The first
 * reports and freezes the list; the second names the first and removes what is on that list.
 *
 * Guarantees: nothing is removed that no report listed; a computer that came back since the report is
 * spared; a list of more than `maxPercent` of the fleet is refused as a whole.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { endOfRows, putRows } from '../../../jobs/put-rows.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { readComputer } from '../computer.ts';
import { isSelected, selectionFields } from '../computer-selection.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { READ_AND_WRITE } from '../scopes.ts';
import { removeStale } from './remove-stale-computers.ts';
import { isStale, keepReport } from './stale-computers.ts';

const JobId = z.string().regex(/^job_[0-9a-z]{10,40}$/, 'must be the id of a job');

/** Told from the row itself: the whole fleet is listed, so that its size is known. */
const { groupGuids, hostnames } = selectionFields;

const Report = z.strictObject({
  olderThanDays: z.int().min(7).max(3_650).describe('Not seen for more than so many days.'),
  select: z
    .strictObject({ groupGuids, hostnames })
    .default({})
    .describe('Only among these computers; default all.'),
});

const Removal = z.strictObject({
  report: JobId.describe('The id of the job that reported them.'),
  maxPercent: z
    .number()
    .gt(0)
    .max(100)
    .default(5)
    .describe('Refuse if they are more than so much of the computers of the business.'),
});

export const RemoveStaleParams = z
  .strictObject({
    report: Report.optional().describe('First: list the computers and freeze the list.'),
    remove: Removal.optional().describe('Then, as another job: remove the computers of that list.'),
  })
  .refine(({ report, remove }) => (report === undefined) !== (remove === undefined), {
    path: ['report'],
    error: 'must be given, or "remove" instead of it, but not both',
  });
export type RemoveStaleParams = z.output<typeof RemoveStaleParams>;

export const computersRemoveStale: JobType<RemoveStaleParams> = {
  type: 'amp.computers.remove-stale',
  provider: 'amp',
  description: 'Reports computers that were not seen for long; then removes those of a report.',
  params: RemoveStaleParams,
  example: { report: { olderThanDays: 60 } },
  budget: 'account',
  // Two removals at once would both count what the other removes.
  shards: 1,
  cost: {
    operations: [operations.listComputers, operations.getComputer, operations.deleteComputer],
    calls: 'a report one for each 500 computers; a removal two for each computer',
    permissions: READ_AND_WRITE,
  },
  execute: (context, { report, remove }) => {
    if (remove) return removeStale(context, remove);
    invariant(report !== undefined, 'the parameters have either of report and remove');
    return reportStale(context, report);
  },
};

async function reportStale(
  context: JobContext,
  { olderThanDays, select }: z.output<typeof Report>,
): Promise<JobEnd> {
  const takenAtMs = context.nowMs();
  const listed = await putRows(context, {
    thing: 'stale computer',
    pages: (from) => listPages(context, { operation: operations.listComputers, key: 'page', from }),
    pick(row) {
      const computer = readComputer(row);
      const meant =
        computer.guid !== undefined &&
        isStale(computer, olderThanDays, takenAtMs) &&
        isSelected(select, computer, takenAtMs);
      return meant ? describeStale(row) : undefined;
    },
    onPage: (page, rows) => context.putNote(noteOf(page), rows.flatMap(guidOf)),
  });
  const targets = new Set<string>();
  for (let page = 0; page < listed.parts; page += 1) {
    const guids = z.array(z.string()).parse(await context.findNote(noteOf(page)));
    for (const guid of guids) targets.add(guid);
  }
  const report = { account: context.accountName, takenAtMs, olderThanDays };
  await keepReport(context, { ...report, computers: listed.read, targets: [...targets] });
  return endOfRows(listed, 'stale computer');
}

const noteOf = (page: number): string => `stale-${page}`;

const guidOf = (row: Json): string[] =>
  isJsonObject(row) ? [String(row['connector_guid']).toLowerCase()] : [];

/** What a person needs to judge the list. */
const describeStale = (row: JsonObject): JsonObject => ({
  connector_guid: row['connector_guid'] ?? null,
  hostname: row['hostname'] ?? null,
  operating_system: row['operating_system'] ?? null,
  group_guid: row['group_guid'] ?? null,
  last_seen: row['last_seen'] ?? null,
});
