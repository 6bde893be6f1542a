import { gzipSync } from 'node:zlib';
import type { WireHead, WireResponse } from '../frame/wire.ts';

/** Compresses a large answer for a client that accepts it; a small one goes as it is. */
export function gzipped(head: WireHead, response: WireResponse, aboveBytes: number): WireResponse {
  const { body, headers } = response;
  const accepted = /\bgzip\b/i.test(head.headers['accept-encoding'] ?? '');
  if (!accepted || !(body instanceof Uint8Array) || body.length <= aboveBytes) return response;
  return {
    ...response,
    headers: { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
    body: gzipSync(body),
  };
}
