/**
 * `automox.server.update`: changes what the console keeps about devices: tags, group, custom name,
 * exception from reports.
 *
 * Guarantees: what the job does not mention stays as it is, for each device is read before it is
 * written (Automox empties what a write leaves out); a device that is so already is not written; a
 * repeated write starts from a fresh read.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { endOfIdWork, workThroughIds } from '../../../jobs/id-work.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { WorkList } from '../../../jobs/work-list.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import { changedDevice, DeviceChange, parseWritableDevice } from './device-change.ts';
import { assertGroupExists } from './find-group.ts';

/** Two calls a device: to tag more, `automox.servers.batch` takes one call for 500. */
const DEVICES_MAX = 2_000;

export const ServerUpdateParams = z
  .strictObject({
    devices: z.array(Id).min(1).max(DEVICES_MAX).describe('Ids of devices; a double counts once.'),
    set: DeviceChange.describe('What shall be so afterwards; the rest stays as it is.'),
  })
  .refine(({ devices, set }) => devices.length === 1 || typeof set.customName !== 'string', {
    path: ['set', 'customName'],
    error: 'is for one device: two of one name could not be told apart',
  });
export type ServerUpdateParams = z.output<typeof ServerUpdateParams>;

const Checkpoint = z.object({
  work: WorkList,
  /** Items whose device was so already. */
  same: z.array(z.int()),
  /** The next item is about to be written, or was. */
  writing: z.boolean(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const serverUpdate: JobType<ServerUpdateParams> = {
  type: 'automox.server.update',
  provider: 'automox',
  description:
    'Changes tags, group, custom name or exception of devices, and nothing else of them.',
  params: ServerUpdateParams,
  example: {
    devices: [1840112, 1840113],
    set: { tags: { add: ['pilot'], remove: ['lab'] }, groupId: 23500 },
  },
  budget: 'account',
  // A device is read, changed and written back: two at once would lose one of the changes.
  shards: 1,
  cost: {
    operations: [operations.getServer, operations.updateServer, operations.listGroups],
    calls: 'two for each device, one where nothing changes; the list of groups',
  },
  execute: updateServers,
};

async function updateServers(
  context: JobContext,
  { devices, set }: ServerUpdateParams,
): Promise<JobEnd> {
  const ids = [...new Set(devices)];
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  if (stored === undefined && set.groupId !== undefined) {
    await assertGroupExists(context, set.groupId);
  }
  let same = stored?.same ?? [];
  let wrote = stored?.writing === true && stored.work.run === context.run;
  const work = await workThroughIds(context, {
    ids,
    thing: 'device',
    stored: stored?.work,
    checkpointOf: (next): Checkpoint => ({ work: next, same, writing: false }),
    async perform(id, item, before) {
      const beforeWrite = () =>
        context.checkpointAt({ work: before, same, writing: true } satisfies Checkpoint);
      // A device that is so after a write without an answer was changed by this job.
      const changed = (await updateServer(context, id, set, beforeWrite)) || wrote;
      wrote = false;
      if (!changed) same = [...same, item];
    },
  });
  return endOfIdWork(work, {
    ids,
    thing: 'device',
    did: context.observing ? 'would change' : 'changed',
    unknown: 'it may or may not be changed',
    wellKey: 'changed',
    needless: { items: same, why: 'so already' },
    data: { same: same.flatMap((item) => ids[item] ?? []) },
  });
}

/** Answers whether it wrote. */
async function updateServer(
  context: JobContext,
  id: number,
  change: DeviceChange,
  beforeWrite: () => void,
): Promise<boolean> {
  const path = { id };
  const read = { operation: operations.getServer, key: `read-${id}`, path };
  const device = parseWritableDevice((await context.call(read)).body);
  const body = changedDevice(device, change);
  if (!body) return false;
  beforeWrite();
  const write = { operation: operations.updateServer, key: `write-${id}`, path, body };
  await context.call(write);
  return true;
}
