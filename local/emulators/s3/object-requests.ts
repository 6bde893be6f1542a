/** Operations on one object. */
import { AwsError } from '../endpoint/aws-error.ts';
import { decodeAwsChunked, isAwsChunked } from './aws-chunked.ts';
import type { Check } from './bucket-store.ts';
import { findByteRange } from './byte-range.ts';
import { etagOf, verifyChecksums } from './checksums.ts';
import { checksumsOf, headersToKeep, type ObjectRecord } from './object-record.ts';
import { empty, type S3Call, type S3Handler } from './s3-context.ts';

export const putObject: S3Handler = async (call) => {
  const { headers } = call.request;
  const { body, checksums } = receiveBody(call);
  const record: ObjectRecord = {
    key: call.key,
    sizeBytes: body.length,
    etag: etagOf(body),
    lastModifiedMs: call.nowMs,
    headers: headersToKeep(headers),
    checksums,
  };
  await call.store.write(call.bucket, { record, body }, writeCondition(headers));
  return empty(200, { etag: record.etag, ...checksums });
};

/** The bytes meant, out of whatever wrapping they came in, with their checksums verified. */
function receiveBody({ request }: S3Call) {
  const { body, trailers } = isAwsChunked(request.headers)
    ? decodeAwsChunked(request.body)
    : { body: request.body, trailers: {} };
  const checksums = checksumsOf({ ...request.headers, ...trailers });
  const md5 = request.headers['content-md5'];
  verifyChecksums(body, { ...checksums, ...(md5 !== undefined && { 'content-md5': md5 }) });
  return { body, checksums };
}

/** `If-None-Match: *` writes only what is not there, `If-Match` only over what was read. */
function writeCondition(headers: Readonly<Record<string, string>>): Check {
  return (existing) => {
    const mustBe = headers['if-match'];
    const exists = existing !== undefined;
    if (headers['if-none-match'] === '*' && exists) throw preconditionFailed();
    if (mustBe !== undefined && !exists) throw new AwsError('NoSuchKey', 'none', { status: 404 });
    if (mustBe !== undefined && mustBe !== existing?.etag) throw preconditionFailed();
  };
}

const preconditionFailed = (): AwsError =>
  new AwsError('PreconditionFailed', 'A precondition did not hold.', { status: 412 });

export const getObject: S3Handler = async (call) => {
  const { record, body } = await call.store.read(call.bucket, call.key);
  const headers = { ...readHeaders(record), ...overrides(call) };
  const range = findByteRange(call.request.headers['range'], body.length);
  if (range === undefined) {
    const wanted = call.request.headers['x-amz-checksum-mode'] === 'ENABLED';
    return { status: 200, headers: { ...headers, ...(wanted && record.checksums) }, body };
  }
  const contentRange = `bytes ${range.from}-${range.to}/${body.length}`;
  const part = body.subarray(range.from, range.to + 1);
  return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: part };
};

export const headObject: S3Handler = async (call) => {
  const record = await call.store.record(call.bucket, call.key);
  return empty(200, { ...readHeaders(record), 'content-length': String(record.sizeBytes) });
};

const readHeaders = (record: ObjectRecord): Record<string, string> => ({
  ...record.headers,
  etag: record.etag,
  'last-modified': new Date(record.lastModifiedMs).toUTCString(),
  'accept-ranges': 'bytes',
});

/** `response-content-type=…` and its like, which presigned links use to name a download. */
function overrides({ request }: S3Call): Record<string, string> {
  const prefix = 'response-';
  return Object.fromEntries(
    [...request.query]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

export const deleteObject: S3Handler = async ({ store, bucket, key }) => {
  await store.remove(bucket, key);
  return empty(204);
};
