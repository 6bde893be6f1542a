import type { IncomingMessage } from 'node:http';

/** The body; only its size where it is larger than `bytesMax`. */
export async function readLimited(
  request: IncomingMessage,
  bytesMax: number,
): Promise<{ readonly bytes: number; readonly text?: string }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= bytesMax) chunks.push(chunk as Buffer);
  }
  return bytes > bytesMax ? { bytes } : { bytes, text: Buffer.concat(chunks).toString() };
}
