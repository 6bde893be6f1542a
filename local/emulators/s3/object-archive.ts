/** Where objects are kept: in memory, or one file each under a directory. */
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId, sha256Hex } from '../../../shared/kernel/ids.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import { isBucketName, type ObjectRecord } from './object-record.ts';

export interface ObjectArchive {
  /** What an earlier process left: the records of each bucket. */
  load(): Promise<Map<string, ObjectRecord[]>>;
  addBucket(bucket: string): Promise<void>;
  removeBucket(bucket: string): Promise<void>;
  write(bucket: string, record: ObjectRecord, body: Buffer): Promise<void>;
  read(bucket: string, key: string): Promise<Buffer>;
  remove(bucket: string, key: string): Promise<void>;
}

export function createMemoryArchive(): ObjectArchive {
  const bodies = new Map<string, Buffer>();
  const at = (bucket: string, key: string) => `${bucket}/${key}`;
  return {
    load: async () => new Map(),
    addBucket: async () => undefined,
    removeBucket: async () => undefined,
    write: async (bucket, { key }, body) => void bodies.set(at(bucket, key), body),
    read: async (bucket, key) => {
      const body = bodies.get(at(bucket, key));
      invariant(body !== undefined, `no body of ${key}`);
      return body;
    },
    remove: async (bucket, key) => void bodies.delete(at(bucket, key)),
  };
}

/** The record stands in the file's first line; it has to fit here. */
const HEADER_BYTES_MAX = 64 * 1024;
const NEWLINE = 0x0a;
const UNFINISHED = '.new';

/**
 * A file is named by the hash of its key, so that no key can lead out of the directory, and is
 * renamed into place, so that a kill leaves the old or the new object.
 */
export function createDiskArchive(directory: string): ObjectArchive {
  const folder = (bucket: string) => join(directory, bucket);
  const file = (bucket: string, key: string) => join(folder(bucket), sha256Hex(key));
  return {
    load: async () => {
      await mkdir(directory, { recursive: true });
      const buckets = (await readdir(directory)).filter(isBucketName);
      const records = buckets.map(
        async (bucket) => [bucket, await loadBucket(folder(bucket))] as const,
      );
      return new Map(await Promise.all(records));
    },
    addBucket: async (bucket) => void (await mkdir(folder(bucket), { recursive: true })),
    removeBucket: (bucket) => rm(folder(bucket), { recursive: true, force: true }),
    write: async (bucket, record, body) => {
      const header = Buffer.from(`${JSON.stringify(record)}\n`);
      invariant(header.length <= HEADER_BYTES_MAX, 'the record does not fit into the first line');
      const place = file(bucket, record.key);
      const fresh = `${place}.${randomId('put')}${UNFINISHED}`;
      await writeFile(fresh, Buffer.concat([header, body]));
      await rename(fresh, place);
    },
    read: async (bucket, key) => {
      const bytes = await readFile(file(bucket, key));
      return bytes.subarray(bytes.indexOf(NEWLINE) + 1);
    },
    remove: (bucket, key) => rm(file(bucket, key), { force: true }),
  };
}

async function loadBucket(folder: string): Promise<ObjectRecord[]> {
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(folder, name))),
  );
  const whole = names.filter((name) => !name.endsWith(UNFINISHED));
  return await Promise.all(whole.map((name) => readRecord(join(folder, name))));
}

async function readRecord(path: string): Promise<ObjectRecord> {
  await using handle = await open(path);
  const { buffer } = await handle.read(Buffer.alloc(HEADER_BYTES_MAX), 0, HEADER_BYTES_MAX, 0);
  return JSON.parse(buffer.toString('utf8', 0, buffer.indexOf(NEWLINE))) as ObjectRecord;
}
