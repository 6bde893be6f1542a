/**
 * Headers of a webhook request, from whatever carried it. Names match without regard to case.
 *
 * A header that is there twice is a problem, not a choice: two readers that choose differently are
 * how a signature gets checked on one value and another is used.
 */
import type { WebhookScheme } from './webhook-scheme.ts';

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type HeaderReading =
  | { readonly value: string }
  | { readonly problem: 'missing' | 'duplicated' };

export function readSingleHeader(headers: WebhookHeaders, name: string): HeaderReading {
  const values = Object.entries(headers)
    .filter(([key, value]) => key.toLowerCase() === name && value !== undefined)
    .flatMap(([, value]) => value ?? []);
  const [value, ...others] = values;
  if (value === undefined || value.trim() === '') return { problem: 'missing' };
  if (others.length > 0) return { problem: 'duplicated' };
  return { value: value.trim() };
}

/** Names whose values are credentials, or could be repeated to pass as the sender. */
const SENSITIVE_NAME =
  /authorization|authentication|cookie|credential|passw|secret|signature|token|api-?key|^x-amz-/;

/** What a mapping may see: lower-case names, single values, nothing that proves who sent it. */
export function safeHeaders(
  headers: WebhookHeaders,
  scheme: WebhookScheme,
): Readonly<Record<string, string>> {
  const proof = 'header' in scheme ? scheme.header : undefined;
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const safe = [...names].flatMap((name): [string, string][] => {
    if (name === proof || SENSITIVE_NAME.test(name)) return [];
    const reading = readSingleHeader(headers, name);
    return 'value' in reading ? [[name, reading.value]] : [];
  });
  return Object.fromEntries(safe);
}
