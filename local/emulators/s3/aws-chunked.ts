/**
 * The body encoding that SDKs use for streams: chunks with their length, then trailers.
 * Source: Amazon S3 API reference, Signature calculations: transferring payload in chunks.
 */
import { AwsError } from '../endpoint/aws-error.ts';

export interface DecodedBody {
  readonly body: Buffer;
  /** In lower case; the checksum that the client computed on the way. */
  readonly trailers: Readonly<Record<string, string>>;
}

const CRLF = '\r\n';

export const isAwsChunked = (headers: Readonly<Record<string, string>>): boolean =>
  (headers['content-encoding'] ?? '').includes('aws-chunked') ||
  (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

/** Throws IncompleteBody where a chunk is shorter than announced. */
export function decodeAwsChunked(encoded: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = encoded.indexOf(CRLF, offset);
    const sizeText = encoded.toString('latin1', offset, lineEnd).split(';')[0] ?? '';
    if (lineEnd < 0 || !/^[0-9a-f]+$/i.test(sizeText)) throw incomplete();
    const size = Number.parseInt(sizeText, 16);
    offset = lineEnd + CRLF.length;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: trailers(encoded, offset) };
    if (encoded.toString('latin1', offset + size, offset + size + 2) !== CRLF) throw incomplete();
    chunks.push(encoded.subarray(offset, offset + size));
    offset += size + CRLF.length;
  }
}

function trailers(encoded: Buffer, offset: number): Record<string, string> {
  const lines = encoded.toString('latin1', offset).split(CRLF);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
}

const incomplete = (): AwsError =>
  new AwsError('IncompleteBody', 'The request body is shorter than it says.');
