/**
 * Buckets and their objects: an index in memory over an archive.
 *
 * Guarantees: a conditional write is decided and applied without another write to the store in
 * between; an object is listed only once its bytes are kept.
 */

import { AwsError } from '../endpoint/aws-error.ts';
import { createSerialQueue } from '../endpoint/serial-queue.ts';
import type { ObjectArchive } from './object-archive.ts';
import type { ObjectRecord } from './object-record.ts';

interface StoredObject {
  readonly record: ObjectRecord;
  readonly body: Buffer;
}

export interface BucketStore {
  names(): Promise<readonly string[]>;
  /** False where it exists already. */
  create(bucket: string): Promise<boolean>;
  drop(bucket: string): Promise<void>;
  /** The bucket's objects by key; throws NoSuchBucket. */
  index(bucket: string): Promise<ReadonlyMap<string, ObjectRecord>>;
  /** Throws NoSuchBucket or NoSuchKey. */
  record(bucket: string, key: string): Promise<ObjectRecord>;
  read(bucket: string, key: string): Promise<StoredObject>;
  /** `check` sees what is there now and may throw to refuse the write. */
  write(bucket: string, object: StoredObject, check?: Check): Promise<void>;
  remove(bucket: string, key: string): Promise<void>;
}

export type Check = (existing: ObjectRecord | undefined) => void;

export function createBucketStore(archive: ObjectArchive): BucketStore {
  const serially = createSerialQueue();
  const loaded = archive.load().then(toIndexes);
  // Whoever asks next meets the failure; this keeps it from ending the process before.
  loaded.catch(() => undefined);
  const index = async (bucket: string): Promise<Map<string, ObjectRecord>> =>
    (await loaded).get(bucket) ?? missing('NoSuchBucket', `no bucket ${bucket}`);
  const record = async (bucket: string, key: string): Promise<ObjectRecord> =>
    (await index(bucket)).get(key) ?? missing('NoSuchKey', 'The specified key does not exist.');
  return {
    names: async () => [...(await loaded).keys()].sort(),
    index,
    record,
    create: (bucket) =>
      serially(async () => {
        const buckets = await loaded;
        if (buckets.has(bucket)) return false;
        await archive.addBucket(bucket);
        buckets.set(bucket, new Map());
        return true;
      }),
    drop: (bucket) =>
      serially(async () => {
        if ((await index(bucket)).size > 0)
          throw new AwsError('BucketNotEmpty', bucket, { status: 409 });
        await archive.removeBucket(bucket);
        (await loaded).delete(bucket);
      }),
    read: (bucket, key) =>
      serially(async () => ({
        record: await record(bucket, key),
        body: await archive.read(bucket, key),
      })),
    write: (bucket, object, check) =>
      serially(async () => {
        const objects = await index(bucket);
        check?.(objects.get(object.record.key));
        await archive.write(bucket, object.record, object.body);
        objects.set(object.record.key, object.record);
      }),
    remove: (bucket, key) =>
      serially(async () => {
        const objects = await index(bucket);
        if (!objects.delete(key)) return;
        await archive.remove(bucket, key);
      }),
  };
}

const toIndexes = (buckets: Map<string, ObjectRecord[]>): Map<string, Map<string, ObjectRecord>> =>
  new Map(
    [...buckets].map(([name, records]) => [
      name,
      new Map(records.map((record) => [record.key, record])),
    ]),
  );

function missing(code: string, message: string): never {
  throw new AwsError(code, message, { status: 404 });
}
