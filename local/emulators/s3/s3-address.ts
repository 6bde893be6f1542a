/**
 * Which bucket and key a request names: `/bucket/key`, or `/key` on the host `bucket.localhost`.
 * Keys are taken as they are; nothing in them is ever a path.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsRequest } from '../endpoint/aws-service.ts';
import { KEY_BYTES_MAX } from './object-record.ts';

export interface S3Address {
  /** Empty for a request to the service itself. */
  readonly bucket: string;
  /** Empty for a request to a bucket. */
  readonly key: string;
}

const VIRTUAL_HOST = /^([a-z0-9.-]+)\.(?:s3\.)?localhost(?::\d+)?$/;

export function parseAddress({ path, headers }: Pick<AwsRequest, 'path' | 'headers'>): S3Address {
  const hostBucket = VIRTUAL_HOST.exec(headers['host'] ?? '')?.[1];
  const rest = path.slice(1);
  if (hostBucket !== undefined) return { bucket: hostBucket, key: decodeKey(rest) };
  const slashAt = rest.indexOf('/');
  if (slashAt < 0) return { bucket: rest, key: '' };
  return { bucket: rest.slice(0, slashAt), key: decodeKey(rest.slice(slashAt + 1)) };
}

function decodeKey(encoded: string): string {
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    throw new AwsError('InvalidURI', 'The key is not percent-encoded UTF-8.');
  }
  if (Buffer.byteLength(key) > KEY_BYTES_MAX) throw new AwsError('KeyTooLongError', key);
  return key;
}
