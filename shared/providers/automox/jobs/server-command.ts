/**
 * `automox.server.command`: queues a command for devices: read their state anew, install updates,
 * reboot.
 *
 * Guarantees: a command that a device has in its queue, unanswered, is not queued a second time, so
 * that the same job twice reboots once; a call whose answer was lost is looked up in that queue before
 * it is repeated. The end of the job says that the commands are queued, not that they ran.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { endOfIdWork, workThroughIds } from '../../../jobs/id-work.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { WorkList } from '../../../jobs/work-list.ts';
import { Id } from '../device-selection.ts';
import { operations } from '../operations.ts';
import {
  type Command,
  isPending,
  isSameCommand,
  lastIdOf,
  queueIdOf,
  readQueue,
} from './command-queue.ts';

/** Two calls a device: more are better served by a policy. */
const DEVICES_MAX = 2_000;

const COMMANDS = ['GetOS', 'InstallUpdate', 'InstallAllUpdates', 'Reboot'] as const;

/** source: 'Automox console API, OpenAPI description': args are parted by spaces. */
const Update = z.string().regex(/^\S{1,200}$/, 'must be the name of a package, without spaces');

export const ServerCommandParams = z
  .strictObject({
    devices: z.array(Id).min(1).max(DEVICES_MAX).describe('Ids of devices; a double counts once.'),
    command: z
      .enum(COMMANDS)
      .describe(
        'GetOS reads the device anew; InstallAllUpdates installs all, whatever policies filter.',
      ),
    updates: z
      .array(Update)
      .min(1)
      .max(100)
      .optional()
      .describe('With InstallUpdate: the names of the packages to install.'),
  })
  .refine(({ command, updates }) => (command === 'InstallUpdate') === (updates !== undefined), {
    path: ['updates'],
    error: 'must be given with the command InstallUpdate, and with no other',
  });
export type ServerCommandParams = z.output<typeof ServerCommandParams>;

const Checkpoint = z.object({
  work: WorkList,
  /** Items whose device had the command in its queue. */
  waiting: z.array(z.int()),
  /** Of the next item: the last entry of the queue before the command was sent, if it was. */
  after: z.number().nullable(),
});
type Checkpoint = z.output<typeof Checkpoint>;

export const serverCommand: JobType<ServerCommandParams> = {
  type: 'automox.server.command',
  provider: 'automox',
  description: 'Queues a command (GetOS, InstallUpdate, InstallAllUpdates, Reboot) for devices.',
  params: ServerCommandParams,
  example: { devices: [1840112, 1840113], command: 'InstallUpdate', updates: ['openssl', 'curl'] },
  budget: 'account',
  // Two jobs at once would both find the queue of a device empty.
  shards: 1,
  cost: {
    operations: [operations.listCommands, operations.queueCommand],
    calls: 'two for each device, one where the command waits already',
  },
  execute: queueCommands,
};

async function queueCommands(context: JobContext, params: ServerCommandParams): Promise<JobEnd> {
  const ids = [...new Set(params.devices)];
  const command: Command = { name: params.command, args: (params.updates ?? []).join(' ') };
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  let waiting = stored?.waiting ?? [];
  // A retry looks at every queue anew.
  let sentAfter = stored?.work.run === context.run ? stored.after : null;
  const work = await workThroughIds(context, {
    ids,
    thing: 'device',
    stored: stored?.work,
    checkpointOf: (next): Checkpoint => ({ work: next, waiting, after: null }),
    async perform(id, item, before) {
      const after = sentAfter ?? (await findFreePlace(context, id, command));
      sentAfter = null;
      if (after === undefined) {
        waiting = [...waiting, item];
        return;
      }
      context.checkpointAt({ work: before, waiting, after } satisfies Checkpoint);
      await queueCommand(context, id, command, after);
    },
  });
  return endOfIdWork(work, {
    ids,
    thing: 'device',
    did: `${context.observing ? 'would queue' : 'queued'} ${command.name} for`,
    unknown: 'it may or may not be queued there',
    wellKey: 'queued',
    needless: { items: waiting, why: 'had it in the queue already' },
    data: { command: command.name, waiting: waiting.flatMap((item) => ids[item] ?? []) },
  });
}

/** The last entry of the device's queue; undefined where the command waits there already. */
async function findFreePlace(
  context: JobContext,
  id: number,
  command: Command,
): Promise<number | undefined> {
  const queue = await readQueue(context, id, 'queue');
  const waits = queue.some((entry) => isSameCommand(command, entry) && isPending(entry));
  return waits ? undefined : lastIdOf(queue);
}

/** It took effect where the queue has one that was not there before, answered or not. */
async function queueCommand(
  context: JobContext,
  id: number,
  command: Command,
  after: number,
): Promise<void> {
  const { name, args } = command;
  const happened = async () => {
    const queue = await readQueue(context, id, 'look');
    return queue.some((entry) => isSameCommand(command, entry) && queueIdOf(entry) > after);
  };
  await context.call(
    {
      operation: operations.queueCommand,
      key: `command-${id}`,
      path: { id },
      body: { command_type_name: name, ...(args === '' ? {} : { args }) },
    },
    happened,
  );
}
