/**
 * `automox.servers.remove-stale`: removes devices that were not seen for long, in two jobs. The first
 * reports and freezes the list; the second names the first and removes what is on that list.
 *
 * Guarantees: nothing is removed that no report listed; a device that came back since the report is
 * spared; a list of more than `maxPercent` of the fleet is refused as a whole.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { endOfRows, putRows } from '../../../jobs/put-rows.ts';
import { isoInstant } from '../../../kernel/clock.ts';
import { invariant } from '../../../kernel/invariant.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { readDevice } from '../device.ts';
import { isSelected, selectionFields } from '../device-selection.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';
import { removeStale } from './remove-stale-devices.ts';
import { isStale, keepReport, lastSeenMs } from './stale-devices.ts';

const JobId = z.string().regex(/^job_[0-9a-z]{10,40}$/, 'must be the id of a job');

/** Told from the row itself: the whole fleet is listed, so that its size is known. */
const { groupId, tag, osFamily, name } = selectionFields;

const Report = z.strictObject({
  olderThanDays: z.int().min(7).max(3_650).describe('Not seen for more than so many days.'),
  select: z
    .strictObject({ groupId, tag, osFamily, name })
    .default({})
    .describe('Only among these devices; default all.'),
});

const Removal = z.strictObject({
  report: JobId.describe('The id of the job that reported them.'),
  maxPercent: z
    .number()
    .gt(0)
    .max(100)
    .default(5)
    .describe('Refuse if they are more than so much of the devices of the organization.'),
});

export const RemoveStaleParams = z
  .strictObject({
    report: Report.optional().describe('First: list the devices and freeze the list.'),
    remove: Removal.optional().describe('Then, as another job: remove the devices of that list.'),
  })
  .refine(({ report, remove }) => (report === undefined) !== (remove === undefined), {
    path: ['report'],
    error: 'must be given, or "remove" instead of it, but not both',
  });
export type RemoveStaleParams = z.output<typeof RemoveStaleParams>;

export const serversRemoveStale: JobType<RemoveStaleParams> = {
  type: 'automox.servers.remove-stale',
  provider: 'automox',
  description: 'Reports devices that were not seen for long; then removes those of a report.',
  params: RemoveStaleParams,
  example: { report: { olderThanDays: 90, select: { osFamily: 'Windows' } } },
  budget: 'servers.list',
  budgetOf: ({ remove }) => (remove ? 'account' : 'servers.list'),
  // Two removals at once would both count what the other removes.
  shards: 1,
  cost: {
    operations: [operations.listServers, operations.getServer, operations.deleteServer],
    calls: 'a report: the listing; a removal: two for each device',
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
    thing: 'device',
    pages: (from = 0) =>
      listPages(context, { operation: operations.listServers, key: 'page', from }),
    pick(row) {
      const meant = isStale(row, olderThanDays, takenAtMs) && isSelected(select, readDevice(row));
      return meant && readDevice(row).id !== undefined ? describeStale(row) : undefined;
    },
    onPage: (page, rows) => context.putNote(noteOf(page), rows.map(idOf)),
  });
  const targets = new Set<number>();
  for (let page = 0; page < listed.parts; page += 1) {
    for (const id of z.array(z.int()).parse(await context.findNote(noteOf(page)))) targets.add(id);
  }
  const organizationId = organizationOf(context.account);
  const report = { organizationId, takenAtMs, olderThanDays, devices: listed.read };
  await keepReport(context, { ...report, targets: [...targets] });
  return endOfRows(listed, 'stale device');
}

const noteOf = (page: number): string => `stale-${page}`;

const idOf = (row: Json): number => (isJsonObject(row) ? Number(row['id']) : 0);

/** What a person needs to judge the list. */
function describeStale(row: JsonObject): JsonObject {
  const seenMs = lastSeenMs(row);
  return {
    id: row['id'] ?? null,
    name: row['name'] ?? null,
    custom_name: row['custom_name'] ?? null,
    os_family: row['os_family'] ?? null,
    server_group_id: row['server_group_id'] ?? null,
    tags: row['tags'] ?? [],
    last_seen: seenMs === undefined ? null : isoInstant(seenMs),
  };
}
