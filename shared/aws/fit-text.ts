const ELLIPSIS = '…';

/** `text` cut to at most `bytesMax` bytes of UTF-8, with an ellipsis where something was cut off. */
export function fitText(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  const room = bytesMax - Buffer.byteLength(ELLIPSIS);
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(Math.max(room, 0)));
  return text.slice(0, read) + ELLIPSIS;
}
