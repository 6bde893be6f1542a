import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import * as A from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import { createS3 } from '../../../../local/emulators/s3/s3.ts';
import { clientOptions } from '../endpoint/client-options.ts';

const Bucket = 'results';

let directory: string;
let endpoint: Endpoint;
let client: A.S3Client;
let nowMs: number;

async function start(where: 'in memory' | 'on disk'): Promise<void> {
  const clock = { nowMs: () => nowMs };
  const s3 = createS3({ clock, ...(where === 'on disk' && { directory: join(directory, 's3') }) });
  endpoint = await startEndpoint({ services: [s3] });
  client = new A.S3Client({ ...clientOptions(endpoint.url), forcePathStyle: true });
}

beforeEach(async () => {
  nowMs = Date.parse('2026-01-01T00:00:00Z');
  directory = await mkdtemp(join(tmpdir(), 'sluice-s3-'));
});
afterEach(async () => {
  await endpoint.close();
  await rm(directory, { recursive: true });
});

const put = (Key: string, Body: NonNullable<A.PutObjectCommandInput['Body']>, more: object = {}) =>
  client.send(new A.PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = (Key: string, more: object = {}) =>
  client.send(new A.GetObjectCommand({ Bucket, Key, ...more }));
const text = async (Key: string, more: object = {}) =>
  await (await get(Key, more)).Body?.transformToString();

describe.each(['in memory', 'on disk'] as const)('objects %s', (where) => {
  beforeEach(async () => {
    await start(where);
    await client.send(new A.CreateBucketCommand({ Bucket }));
  });

  it('come back with type, encoding and metadata', async () => {
    const Body = gzipSync('{"line":1}\n');
    const about = {
      ContentType: 'application/x-ndjson',
      ContentEncoding: 'gzip',
      Metadata: { lines: '1' },
    };
    const { ETag } = await put('jobs/a b+ü.ndjson', Body, about);

    const found = await get('jobs/a b+ü.ndjson');

    expect(found).toMatchObject({ ...about, ETag, ContentLength: Body.length });
    expect(Buffer.from((await found.Body?.transformToByteArray()) ?? [])).toEqual(Body);
    expect(
      await client.send(new A.HeadObjectCommand({ Bucket, Key: 'jobs/a b+ü.ndjson' })),
    ).toMatchObject({ ...about, ContentLength: Body.length });
  });

  it('are taken from a stream sent in chunks with its checksum behind it', async () => {
    const parts = ['first ', 'second ', 'third'];
    const ContentLength = parts.join('').length;
    await put('stream', Readable.from(parts.map((part) => Buffer.from(part))), { ContentLength });

    const found = await get('stream', { ChecksumMode: 'ENABLED' });

    expect(await found.Body?.transformToString()).toBe('first second third');
    expect(found.ContentEncoding).toBeUndefined();
    expect(found.ChecksumCRC32).toMatch(/^[\w+/]{6}==$/);
  });

  it('are refused when the checksum does not fit', async () => {
    const attempt = put('broken', 'text', { ChecksumCRC32: 'AAAAAA==' });

    await expect(attempt).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(get('broken')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('are written only where the condition of the write holds', async () => {
    const { ETag } = await put('once', 'first', { IfNoneMatch: '*' });

    await expect(put('once', 'x', { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await put('once', 'second', { IfMatch: ETag });
    await expect(put('once', 'x', { IfMatch: ETag })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(await text('once')).toBe('second');
  });

  it('stay in their bucket whatever their key says', async () => {
    const key = '../../../outside/../x';
    await put(key, 'inside');

    expect(await text(key)).toBe('inside');
    expect(await readdir(directory)).toEqual(where === 'on disk' ? ['s3'] : []);
  });

  it('are deleted, several at once', async () => {
    await put('a', 'x');
    await put('b & <c>', 'x');
    const { Deleted } = await client.send(
      new A.DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: [{ Key: 'a' }, { Key: 'b & <c>' }] },
      }),
    );

    expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'b & <c>']);
    await expect(client.send(new A.HeadObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});

describe('an object on disk', () => {
  it('is there for the next process', async () => {
    await start('on disk');
    await client.send(new A.CreateBucketCommand({ Bucket }));
    await put('kept', 'still here', { Metadata: { a: 'b' } });
    await endpoint.close();
    await start('on disk');

    expect(await text('kept')).toBe('still here');
    expect((await get('kept')).Metadata).toEqual({ a: 'b' });
  });
});

describe('a read', () => {
  beforeEach(async () => {
    await start('in memory');
    await client.send(new A.CreateBucketCommand({ Bucket }));
    await put('digits', '0123456789');
  });

  it.each([
    ['bytes=2-4', '234'],
    ['bytes=7-', '789'],
    ['bytes=-2', '89'],
    ['bytes=8-100', '89'],
  ])('of %s gives that part', async (Range, part) => {
    expect(await text('digits', { Range })).toBe(part);
  });

  it('past the end is refused', async () => {
    await expect(get('digits', { Range: 'bytes=10-' })).rejects.toMatchObject({
      name: 'InvalidRange',
    });
  });

  it('by a presigned link needs no credentials and ends with its time', async () => {
    const command = new A.GetObjectCommand({
      Bucket,
      Key: 'digits',
      ResponseContentDisposition: 'attachment',
    });
    const link = await getSignedUrl(client, command, {
      expiresIn: 60,
      signingDate: new Date(nowMs),
    });

    const inTime = await fetch(link);
    nowMs += 61_000;
    const tooLate = await fetch(link);

    expect(await inTime.text()).toBe('0123456789');
    expect(inTime.headers.get('content-disposition')).toBe('attachment');
    expect(tooLate.status).toBe(403);
  });

  it('of what is not there says what is missing', async () => {
    await expect(get('absent')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get('x', { Bucket: 'absent' })).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('buckets', () => {
  beforeEach(() => start('in memory'));

  it('are made once, and dropped only when empty', async () => {
    await client.send(new A.CreateBucketCommand({ Bucket }));
    await expect(client.send(new A.CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketAlreadyOwnedByYou',
    });
    await put('a', 'x');
    await expect(client.send(new A.DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
    await client.send(new A.DeleteObjectCommand({ Bucket, Key: 'a' }));
    await client.send(new A.DeleteBucketCommand({ Bucket }));
    await expect(client.send(new A.HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('list their objects page by page', async () => {
    await client.send(new A.CreateBucketCommand({ Bucket }));
    for (const key of ['a/1', 'a/2', 'b', 'c/1']) await put(key, 'x');
    const pages: (string | undefined)[][] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new A.ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2, ContinuationToken }),
      );
      pages.push([
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        ...(page.Contents ?? []).map(({ Key }) => Key),
      ]);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);

    expect(pages).toEqual([['a/', 'b'], ['c/']]);
  });
});

describe('what is not emulated', () => {
  const object = { Bucket, Key: 'kept' };
  beforeEach(async () => {
    await start('in memory');
    await client.send(new A.CreateBucketCommand({ Bucket }));
    await put('kept', 'as it was');
  });

  const part = { ...object, UploadId: 'any', PartNumber: 1 };
  it.each([
    ['CopyObject', () => client.send(new A.CopyObjectCommand({ ...object, CopySource: 'a/b' }))],
    ['POST ?uploads', () => client.send(new A.CreateMultipartUploadCommand(object))],
    ['UploadPart', () => client.send(new A.UploadPartCommand({ ...part, Body: 'x' }))],
    ['AbortMultipartUpload', () => client.send(new A.AbortMultipartUploadCommand(part))],
    ['PUT ?acl', () => client.send(new A.PutObjectAclCommand({ ...object, ACL: 'private' }))],
  ])('is refused by its name, the object left alone: %s', async (name, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `not emulated here: ${name}`,
    });
    expect(await text('kept')).toBe('as it was');
  });
});
