/** Text of a vendor, made fit for rows, events and logs: one line, short, without credentials. */

const CHARS_MAX = 300;
const REDACTED = '[redacted]';

/** `Bearer x`, `api_key=x`, and whatever long run with a digit could be a key: a UUID, hex, base 64. */
const credentials: readonly RegExp[] = [
  /\bbearer\s+[^\s"',;]+/gi,
  /\b(api[_-]?key|access[_-]?key|token|secret|password|hmac)["']?\s*[:=]\s*["']?[^\s"',;&]+/gi,
  /(?=[\w+=-]*\d)[\w+=-]{20,}/g,
];

export function vendorText(text: string): string {
  // Cut before the patterns run, so that a huge body costs no more than a long line.
  const line = text.slice(0, 4 * CHARS_MAX).replaceAll(/[\s\p{Cc}]+/gu, ' ');
  const safe = credentials.reduce((rest, pattern) => rest.replaceAll(pattern, REDACTED), line);
  const trimmed = safe.trim();
  return trimmed.length <= CHARS_MAX ? trimmed : `${trimmed.slice(0, CHARS_MAX - 1)}…`;
}
