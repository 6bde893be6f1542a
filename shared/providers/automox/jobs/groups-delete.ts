/**
 * `automox.groups.delete`: deletes a server group. A group that is not there is success.
 *
 * Guarantees: a group that has devices, or may have some, is deleted only where the job says so, for
 * Automox moves them to the default group.
 */
import * as z from 'zod';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobType } from '../../../jobs/job-type.ts';
import { type JsonObject, scalarText } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { deleteNamed, refusedDelete } from './delete-named.ts';
import { isDefaultGroup } from './find-group.ts';

export const GroupsDeleteParams = z.strictObject({
  groupId: Id.describe('The server group.'),
  name: z.string().min(1).describe('Its name: the job is refused where the id has another one.'),
  moveDevices: z
    .boolean()
    .default(false)
    .describe('Delete it also where it has devices: Automox moves them to the default group.'),
});
export type GroupsDeleteParams = z.output<typeof GroupsDeleteParams>;

export const groupsDelete: JobType<GroupsDeleteParams> = {
  type: 'automox.groups.delete',
  provider: 'automox',
  description: 'Deletes a server group, named by its id and its name.',
  params: GroupsDeleteParams,
  example: { groupId: 23500, name: 'Pilot ring' },
  budget: 'account',
  // Behind a job that still writes the group.
  shards: 1,
  cost: {
    operations: [operations.listGroups, operations.deleteGroup],
    calls: 'the list of groups, and one',
  },
  execute: (context, { groupId, name, moveDevices }) =>
    deleteNamed(context, {
      ...{ thing: 'group', id: groupId, name, operation: operations.deleteGroup },
      find: (key) => findGroup(context, groupId, key),
      assertFree: (group) => assertFree(group, moveDevices),
    }),
};

/** By listing: an absent group is answered as one that the key may not see. */
const findGroup = (context: JobContext, groupId: number, key: string) =>
  findListed(context, { operation: operations.listGroups, key }, ({ id }) => id === groupId);

function assertFree(group: JsonObject, moveDevices: boolean): void {
  if (isDefaultGroup(group)) {
    throw refusedDelete('groupId', 'is the default group, which must stay');
  }
  if (moveDevices) return;
  const told = scalarText(group['server_count']);
  if (told === '0') return;
  const devices = /^\d+$/.test(told) ? count(Number(told), 'device') : 'devices, for all we know';
  throw refusedDelete('moveDevices', `must be true: the group has ${devices}`);
}
