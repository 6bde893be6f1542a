/** Operations on buckets, and those on many objects of one. */
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { LIST_ENTRIES_MAX, listObjects } from './list-objects.ts';
import { isBucketName, type ObjectRecord } from './object-record.ts';
import { empty, type S3Call, type S3Handler, xmlResponse } from './s3-context.ts';
import { textsOf, type XmlElement } from './xml.ts';

export const listBuckets: S3Handler = async ({ store }) => {
  const names = await store.names();
  return xmlResponse('ListAllMyBucketsResult', [
    ['Buckets', names.map((name): XmlElement => ['Bucket', [['Name', name]]])],
  ]);
};

export const createBucket: S3Handler = async ({ store, bucket }) => {
  if (!isBucketName(bucket)) throw new AwsError('InvalidBucketName', bucket);
  if (await store.create(bucket)) return empty(200, { location: `/${bucket}` });
  throw new AwsError('BucketAlreadyOwnedByYou', bucket, { status: 409 });
};

export const headBucket: S3Handler = async ({ store, bucket }) => {
  await store.index(bucket);
  return empty(200);
};

export const deleteBucket: S3Handler = async ({ store, bucket }) => {
  await store.drop(bucket);
  return empty(204);
};

export const listObjectsV2: S3Handler = async (call) => {
  const { query } = call.request;
  const objects = await call.store.index(call.bucket);
  const prefix = query.get('prefix') ?? '';
  const entriesMax = Math.min(Number(query.get('max-keys') ?? LIST_ENTRIES_MAX), LIST_ENTRIES_MAX);
  const page = listObjects(objects.keys(), {
    prefix,
    delimiter: query.get('delimiter') ?? '',
    after: startOf(call),
    entriesMax,
  });
  const records = page.keys.flatMap((key) => objects.get(key) ?? []);
  return xmlResponse('ListBucketResult', [
    ['Name', call.bucket],
    ['Prefix', prefix],
    ['MaxKeys', entriesMax],
    ['KeyCount', page.keys.length + page.commonPrefixes.length],
    ['IsTruncated', page.next !== undefined],
    ...(page.next === undefined ? [] : [nextToken(page.next)]),
    ...records.map(contents),
    ...page.commonPrefixes.map((one): XmlElement => ['CommonPrefixes', [['Prefix', one]]]),
  ]);
};

function startOf({ request }: S3Call): string {
  const token = request.query.get('continuation-token');
  if (token === null) return request.query.get('start-after') ?? '';
  return Buffer.from(token, 'base64url').toString('utf8');
}

const nextToken = (last: string): XmlElement => [
  'NextContinuationToken',
  Buffer.from(last).toString('base64url'),
];

const contents = (record: ObjectRecord): XmlElement => [
  'Contents',
  [
    ['Key', record.key],
    ['LastModified', isoInstant(record.lastModifiedMs)],
    ['ETag', record.etag],
    ['Size', record.sizeBytes],
    ['StorageClass', 'STANDARD'],
  ],
];

export const deleteObjects: S3Handler = async ({ store, bucket, request }) => {
  const xml = request.body.toString('utf8');
  const keys = textsOf(xml, 'Key');
  for (const key of keys) await store.remove(bucket, key);
  const isQuiet = textsOf(xml, 'Quiet')[0] === 'true';
  const deleted = keys.map((key): XmlElement => ['Deleted', [['Key', key]]]);
  return xmlResponse('DeleteResult', isQuiet ? [] : deleted);
};
