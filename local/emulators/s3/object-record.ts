/** What S3 keeps of an object besides its bytes. */
export interface ObjectRecord {
  readonly key: string;
  readonly sizeBytes: number;
  /** With its quotes, as it is sent. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  /** Answered as they were sent: content-type, content-encoding, x-amz-meta-*, … */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent only where the reader asks for it: `x-amz-checksum-crc32` and its like. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** Source: Amazon S3 user guide, Object key names: 1,024 bytes of UTF-8. */
export const KEY_BYTES_MAX = 1024;

/** Source: Amazon S3 user guide, Bucket naming rules. */
export const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..');

const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

const METADATA_PREFIX = 'x-amz-meta-';
const CHECKSUM = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

export function headersToKeep(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (name === 'content-encoding') return withoutChunked(value);
    return keptHeaders.includes(name) || name.startsWith(METADATA_PREFIX) ? [[name, value]] : [];
  });
  return { 'content-type': 'application/octet-stream', ...Object.fromEntries(kept) };
}

/** `aws-chunked` names the way of sending and is not part of the object. */
function withoutChunked(encoding: string): [string, string][] {
  const left = encoding
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked' && part !== '');
  return left.length === 0 ? [] : [['content-encoding', left.join(',')]];
}

export const checksumsOf = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => CHECKSUM.test(name)));
