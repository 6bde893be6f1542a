/**
 * `automox.groups.ensure`: a server group of this name below this parent shall be so: it is created,
 * or changed where it differs.
 *
 * Guarantees: never two groups for one job; what the parameters do not mention is left as it is; a
 * group that is so already is not written; a create whose answer was lost is looked up before it is
 * repeated.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { getRowId } from '../row-id.ts';
import { assertGroupExists, getDefaultGroup } from './find-group.ts';
import { changedGroup, GroupFields, type GroupPlace, newGroup } from './group-body.ts';

export const GroupsEnsureParams = z.strictObject({
  name: z.string().regex(/\S/, 'must be the name of the group').max(255).describe('Its name.'),
  parentId: Id.optional().describe('The group above it; absent is the default group.'),
  set: GroupFields.default({}).describe('What shall be so; the rest stays as it is.'),
});
export type GroupsEnsureParams = z.output<typeof GroupsEnsureParams>;

const Checkpoint = z.object({
  parentId: z.int(),
  /** Absent where a former version wrote it. */
  run: z.int().exactOptional(),
  /** A create or a write is about to be sent, or was. */
  phase: z.enum(['creating', 'created', 'updating']),
  differences: z.array(z.string()),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const groupsEnsure: JobType<GroupsEnsureParams> = {
  type: 'automox.groups.ensure',
  provider: 'automox',
  description: 'Creates the server group, or brings the group of its name and parent in line.',
  params: GroupsEnsureParams,
  example: { name: 'Pilot ring', set: { refreshIntervalMinutes: 360, policies: [77] } },
  budget: 'account',
  // Two of one name at once would both find it free.
  shards: 1,
  cost: {
    operations: [operations.listGroups, operations.createGroup, operations.updateGroup],
    calls: 'the list of groups, and one where something changes',
  },
  execute: ensureGroup,
};

async function ensureGroup(context: JobContext, params: GroupsEnsureParams): Promise<JobEnd> {
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  const parentId = stored?.parentId ?? (await getParentId(context, params.parentId));
  const place = { name: params.name, parentId };
  if (stored?.phase === 'created') return describeCreated(context, place);
  // In this run silence is looked into before the create is repeated. A retry looks by itself.
  const creating = stored?.phase === 'creating' && stored.run === context.run;
  if (creating) return create(context, place, params.set);
  const existing = await findGroup(context, place, 'before');
  return existing
    ? bringInLine(context, place, params.set, existing, stored)
    : create(context, place, params.set);
}

async function getParentId(context: JobContext, given: number | undefined): Promise<number> {
  if (given === undefined) return getRowId(await getDefaultGroup(context), 'group');
  await assertGroupExists(context, given);
  return given;
}

/** Names are unique below one parent only. */
const findGroup = (context: JobContext, { name, parentId }: GroupPlace, key: string) =>
  findListed(
    context,
    { operation: operations.listGroups, key },
    (row) => row['name'] === name && row['parent_server_group_id'] === parentId,
  );

async function create(
  context: JobContext,
  place: GroupPlace,
  fields: GroupFields,
): Promise<JobEnd> {
  const at = { run: context.run, parentId: place.parentId, differences: [] };
  context.checkpointAt({ ...at, phase: 'creating' } satisfies Checkpoint);
  const body = newGroup(place, fields);
  await context.call(
    { operation: operations.createGroup, key: 'create', body },
    async () => (await findGroup(context, place, 'look')) !== undefined,
  );
  if (context.observing) return endOf(`would create the group "${place.name}"`, null, true, []);
  context.checkpointAt({ ...at, phase: 'created' } satisfies Checkpoint);
  return describeCreated(context, place);
}

/** Asked for by its name: the answer may be lost, or a part of the group. */
async function describeCreated(context: JobContext, place: GroupPlace): Promise<JobEnd> {
  const group = await findGroup(context, place, 'after');
  if (!group) context.warn('Automox does not list the group yet, so its id is not known');
  return endOf(`created the group "${place.name}"`, group?.['id'] ?? null, true, []);
}

async function bringInLine(
  context: JobContext,
  { name, parentId }: GroupPlace,
  fields: GroupFields,
  existing: JsonObject,
  stored: Checkpoint | undefined,
): Promise<JobEnd> {
  const id = getRowId(existing, 'group');
  const { body, differences } = changedGroup(existing, fields);
  if (differences.length > 0) {
    const changes = [...differences];
    context.checkpointAt({
      run: context.run,
      parentId,
      phase: 'updating',
      differences: changes,
    } satisfies Checkpoint);
    const path = { id };
    await context.call({ operation: operations.updateGroup, key: 'update', path, body });
  }
  // In line after a write without an answer: this job's own doing.
  const changed = differences.length > 0 ? differences : (stored?.differences ?? []);
  const verb = context.observing ? 'would change' : 'changed';
  const summary =
    changed.length === 0
      ? `the group "${name}" is so already`
      : `${verb} ${changed.join(', ')} of the group "${name}"`;
  return endOf(summary, id, false, changed);
}

const endOf = (
  summary: string,
  groupId: Json,
  created: boolean,
  changed: readonly string[],
): JobEnd => ({ status: 'succeeded', summary, data: { groupId, created, changed } });
