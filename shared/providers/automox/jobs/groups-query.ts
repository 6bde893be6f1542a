/**
 * `automox.groups.query`: the server groups of an organization, one NDJSON row each.
 *
 * The default group has no name at Automox and is its own parent; each row says `is_default`.
 */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { scalarText } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';
import { matchesGlob } from '../name-glob.ts';
import { operations } from '../operations.ts';
import { isDefaultGroup } from './find-group.ts';
import { listRows } from './list-rows.ts';

export const GroupsQueryParams = z.strictObject({
  name: z
    .string()
    .max(256)
    .optional()
    .describe('Groups of this name, * and ? are wildcards; "" is the default group.'),
  parentId: Id.optional().describe('Groups below this one.'),
});
export type GroupsQueryParams = z.output<typeof GroupsQueryParams>;

export const groupsQuery: JobType<GroupsQueryParams> = {
  type: 'automox.groups.query',
  provider: 'automox',
  description: 'Lists the server groups of the organization, as NDJSON.',
  params: GroupsQueryParams,
  example: { name: 'Work*' },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: {
    operations: [operations.listGroups],
    calls: 'one for each 500 rows, and one more where the last page is full',
  },
  execute: queryGroups,
};

function queryGroups(context: JobContext, { name, parentId }: GroupsQueryParams): Promise<JobEnd> {
  return listRows(
    context,
    { operation: operations.listGroups, key: 'page' },
    {
      thing: 'group',
      pick(row) {
        const isNamed = name === undefined || matchesGlob(name, scalarText(row['name']));
        const isBelow = parentId === undefined || row['parent_server_group_id'] === parentId;
        return isNamed && isBelow ? { ...row, is_default: isDefaultGroup(row) } : undefined;
      },
    },
  );
}
