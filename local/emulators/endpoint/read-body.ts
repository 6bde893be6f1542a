import type { IncomingMessage } from 'node:http';

/** Far above what Sluice sends, far below what would hurt a laptop. */
const REQUEST_BYTES_MAX = 256 * 1024 * 1024;

/** The whole body; rejects past `REQUEST_BYTES_MAX`, or when `signal` aborts before its end. */
export async function readBody(incoming: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const stop = () => incoming.destroy(new Error('stopped while the body was being read'));
  signal.addEventListener('abort', stop);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > REQUEST_BYTES_MAX) throw new RangeError(`more than ${REQUEST_BYTES_MAX} bytes`);
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
