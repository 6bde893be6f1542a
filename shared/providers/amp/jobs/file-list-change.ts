/**
 * `amp.file-list.add` and `amp.file-list.remove`: files, by their SHA-256, in a list that policies use.
 *
 * Guarantees: a file that is in the list already, or is not in it any more, is as it should be: that is
 * no failure. One refused file does not stop the others, and a retry sends only what did not go well.
 */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { endOfIdWork, workThroughIds } from '../../../jobs/id-work.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { WorkList } from '../../../jobs/work-list.ts';
import { isNeedless } from '../errors.ts';
import { Guid, Sha256 } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { READ_AND_WRITE } from '../scopes.ts';

/** Each file is a call, and an hour has 3,000 of them. */
const FILES_MAX = 2_000;

const changeFields = {
  list: Guid.describe('The file list.'),
  files: z.array(Sha256).min(1).max(FILES_MAX).describe('SHA-256 of each file.'),
};

export const FileListAddParams = z.strictObject({
  ...changeFields,
  description: z.string().min(1).max(1_000).optional().describe('Kept beside each file.'),
});
export type FileListAddParams = z.output<typeof FileListAddParams>;

export const FileListRemoveParams = z.strictObject(changeFields);
export type FileListRemoveParams = z.output<typeof FileListRemoveParams>;

const example = {
  list: '3c1d5e7f-2b4a-4c6d-8e9f-0a1b2c3d4e5f',
  files: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
};

export const fileListAdd: JobType<FileListAddParams> = {
  type: 'amp.file-list.add',
  provider: 'amp',
  description: 'Adds files, by their SHA-256, to a list of detections or of blocked programs.',
  params: FileListAddParams,
  example: { ...example, description: 'Case 4711' },
  budget: 'account',
  // What is added and then removed must not come out the other way round.
  shards: 1,
  cost: {
    operations: [operations.addListFile],
    calls: 'one for each file',
    permissions: READ_AND_WRITE,
  },
  execute: (context, { description, ...change }) =>
    changeList(context, change, {
      did: 'added',
      would: 'add',
      needless: 'were in the list already',
      callOf: (path) => ({
        operation: operations.addListFile,
        path,
        body: description === undefined ? {} : { description },
      }),
    }),
};

export const fileListRemove: JobType<FileListRemoveParams> = {
  type: 'amp.file-list.remove',
  provider: 'amp',
  description: 'Removes files, by their SHA-256, from a list of detections or of blocked programs.',
  params: FileListRemoveParams,
  example,
  budget: 'account',
  shards: 1,
  cost: {
    operations: [operations.removeListFile],
    calls: 'one for each file',
    permissions: READ_AND_WRITE,
  },
  execute: (context, change) =>
    changeList(context, change, {
      did: 'removed',
      would: 'remove',
      needless: 'were not in the list',
      callOf: (path) => ({ operation: operations.removeListFile, path }),
    }),
};

interface Change {
  readonly did: string;
  readonly would: string;
  /** What it means that there was nothing to do. */
  readonly needless: string;
  readonly callOf: (path: {
    readonly guid: string;
    readonly sha256: string;
  }) => Omit<Parameters<JobContext['call']>[0], 'key'>;
}

const Checkpoint = z.object({ work: WorkList, needless: z.array(z.int()) });

async function changeList(
  context: JobContext,
  params: FileListRemoveParams,
  { did, would, needless: why, callOf }: Change,
): Promise<JobEnd> {
  const files = [...new Set(params.files)];
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  let needless = stored?.needless ?? [];
  const work = await workThroughIds(context, {
    ...{ ids: files, thing: 'file', stored: stored?.work },
    checkpointOf: (next) => ({ work: next, needless }),
    async perform(sha256, item) {
      const call = callOf({ guid: params.list, sha256 });
      const answer = await context.call({ ...call, key: `file-${sha256}` });
      if (isNeedless(answer.status)) needless = [...needless, item];
    },
  });
  return endOfIdWork(work, {
    ...{ ids: files, thing: 'file', wellKey: did },
    did: context.observing ? `would ${would}` : did,
    unknown: 'it may or may not be so',
    needless: { items: needless, why },
    data: { list: params.list },
  });
}
