/**
 * Reads a response's bytes to the end, decoded and under a cap.
 *
 * Guarantees: never holds more than `bytesMax` decoded bytes, so a small compressed bomb is cut
 * like a large plain body; a body that stops before its announced end is reported, never passed on
 * as whole.
 */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Why the bytes of an answer are not to be used. */
export type BodyCut = 'half-body' | 'too-large' | 'undecodable';

export type CollectedBody = { readonly bytes: Buffer } | { readonly cut: BodyCut };

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Statuses that never carry a body, whatever their headers say (RFC 9110, 6.4.1). */
export const bodilessStatuses: ReadonlySet<number> = new Set([101, 204, 205, 304]);

export const acceptedEncodings = 'gzip, deflate, br';

export async function collectBody(
  incoming: IncomingMessage,
  bytesMax: number,
): Promise<CollectedBody> {
  const decoded = decode(incoming);
  if (decoded === undefined) {
    incoming.destroy();
    return { cut: 'undecodable' };
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of decoded as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > bytesMax) return { cut: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { cut: incoming.complete ? 'undecodable' : 'half-body' };
  }
  return incoming.complete ? { bytes: Buffer.concat(chunks) } : { cut: 'half-body' };
}

function decode(incoming: IncomingMessage): Readable | undefined {
  const encoding = (incoming.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return incoming;
  if (bodilessStatuses.has(incoming.statusCode ?? 0)) return incoming;
  const createDecoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (createDecoder === undefined) return undefined;
  // The iteration sees every failure: a broken source destroys the decoder with its error.
  return pipeline(incoming, createDecoder(), () => {});
}
