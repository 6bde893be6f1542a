/** Checks the checksums that a client sent with a body; those Node cannot compute are believed. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../endpoint/aws-error.ts';

const compute: Readonly<Record<string, (body: Buffer) => string>> = {
  'x-amz-checksum-crc32': (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
  'content-md5': (body) => createHash('md5').update(body).digest('base64'),
};

/** Throws BadDigest for the first header of `sent` that does not fit `body`. */
export function verifyChecksums(body: Buffer, sent: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(sent)) {
    const expected = compute[name]?.(body);
    if (expected !== undefined && expected !== value) {
      throw new AwsError('BadDigest', `${name} is ${value}, the body gives ${expected}`);
    }
  }
}

/** An object's ETag: its MD5, quoted. */
export const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;
