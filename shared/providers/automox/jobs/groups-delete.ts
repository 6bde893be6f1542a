/**
 * `automox.groups.delete`: deletes a server group. A group that is not there is success.
 *
 * Guarantees: nothing is deleted under another name than the one that was meant; a group that has
 * devices is deleted only where the job says so, for Automox moves them to the default group.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
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

/** The delete is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('deleting') });

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
  execute: deleteGroup,
};

async function deleteGroup(context: JobContext, params: GroupsDeleteParams): Promise<JobEnd> {
  const { groupId, name } = params;
  const begun = parseCheckpoint(Checkpoint, context.checkpoint) !== undefined;
  const group = await findGroup(context, groupId, 'before');
  if (!group) {
    // Gone after a delete without an answer: this job's own doing.
    return begun ? deleted(context, params) : endOf(groupId, false, `there is no group ${groupId}`);
  }
  assertMeant(group, params);
  context.checkpointAt({ phase: 'deleting' });
  try {
    const path = { id: groupId };
    await context.call({ operation: operations.deleteGroup, key: 'delete', path });
  } catch (error) {
    if (!(error instanceof ProviderError) || !refusals.has(error.code)) throw error;
    // An absent group is answered as one that the key may not see.
    if (await findGroup(context, groupId, 'clash')) throw error;
  }
  return deleted(context, { groupId, name });
}

const refusals: ReadonlySet<string> = new Set(['provider.unauthorized', 'provider.not-found']);

const findGroup = (context: JobContext, groupId: number, key: string) =>
  findListed(context, { operation: operations.listGroups, key }, ({ id }) => id === groupId);

function assertMeant(group: JsonObject, { name, moveDevices }: GroupsDeleteParams): void {
  const found = String(group['name'] ?? '');
  if (isDefaultGroup(group)) throw refused('groupId', 'is the default group, which must stay');
  if (found !== name) throw refused('name', `is not the name of the group, which is "${found}"`);
  const devices = Number(group['server_count'] ?? 0);
  if (devices === 0 || moveDevices) return;
  throw refused('moveDevices', `must be true: the group has ${count(devices, 'device')}`);
}

const refused = (field: string, problem: string): SluiceError =>
  new SluiceError('job.refused', `${field} ${problem}: nothing was deleted`, {
    fields: [{ field: `params.${field}`, problem }],
  });

const deleted = (
  { observing }: JobContext,
  { groupId, name }: Pick<GroupsDeleteParams, 'groupId' | 'name'>,
): JobEnd => endOf(groupId, true, `${observing ? 'would delete' : 'deleted'} the group "${name}"`);

const endOf = (groupId: number, wasDeleted: boolean, summary: string): JobEnd => ({
  status: 'succeeded',
  summary,
  data: { groupId, deleted: wasDeleted },
});
