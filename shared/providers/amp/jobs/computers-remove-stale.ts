/** `amp.computers.remove-stale`: removes computers that were not seen for long, by a report of them. */
import type * as z from 'zod';
import type { JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { staleJob } from '../../remove-stale/stale-job.ts';
import { StaleParams } from '../../remove-stale/stale-params.ts';
import { readComputer, requireComputer } from '../computer.ts';
import { isSelected, selectionFields } from '../computer-selection.ts';
import { listPages } from '../list-pages.ts';
import { Guid } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { READ_AND_WRITE } from '../scopes.ts';

/** Told from the row itself: the whole fleet is listed, so that its size is known. */
const { groupGuids, hostnames } = selectionFields;

export const RemoveStaleParams = StaleParams(
  { groupGuids, hostnames },
  { things: 'computers', whole: 'business' },
);
export type RemoveStaleParams = z.output<typeof RemoveStaleParams>;

export const computersRemoveStale: JobType<RemoveStaleParams> = {
  type: 'amp.computers.remove-stale',
  provider: 'amp',
  description: 'Reports computers that were not seen for long; then removes those of a report.',
  params: RemoveStaleParams,
  example: { report: { olderThanDays: 60 } },
  budget: 'account',
  cost: {
    operations: [operations.listComputers, operations.getComputer, operations.deleteComputer],
    calls: 'a report one for each 500 computers; a removal two for each computer',
    permissions: READ_AND_WRITE,
  },
  ...staleJob<string, NonNullable<RemoveStaleParams['report']>['select']>({
    thing: 'computer',
    Id: Guid,
    whole: 'account',
    wholeOf: ({ accountName }) => accountName,
    pages: (context, from) =>
      listPages(context, { operation: operations.listComputers, key: 'page', from }),
    idOf: (row) => readComputer(row).guid,
    lastSeenMs: (row) => readComputer(row).lastSeenMs,
    isSelected: (selection, row, nowMs) => isSelected(selection, readComputer(row), nowMs),
    describe: describeStale,
    async look(context, guid) {
      const operation = operations.getComputer;
      const { body } = await context.call({ operation, key: `look-${guid}`, path: { guid } });
      return requireComputer(body);
    },
    remove: (context, guid) =>
      context.call({ operation: operations.deleteComputer, key: `delete-${guid}`, path: { guid } }),
  }),
};

function describeStale(row: JsonObject): JsonObject {
  return {
    connector_guid: row['connector_guid'] ?? null,
    hostname: row['hostname'] ?? null,
    operating_system: row['operating_system'] ?? null,
    group_guid: row['group_guid'] ?? null,
    last_seen: row['last_seen'] ?? null,
  };
}
