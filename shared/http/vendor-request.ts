/**
 * The words of a vendor request: secrets are revealed here, one step before the wire, and a value
 * that cannot be a header is refused without being quoted (the platform's own error would print
 * it).
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { stringifyJson } from '../kernel/json.ts';
import { Secret } from '../kernel/secret.ts';

export type VendorRequestBody =
  | { readonly json: unknown }
  | { readonly form: Readonly<Record<string, string | Secret>> };

export interface RequestText {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** RFC 9110, 5.5: visible characters, space and tab. */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Throws `account.secret-invalid` for a secret with a line break or another unsendable character.
 */
export function revealHeaders(
  headers: Readonly<Record<string, string | Secret>>,
): Record<string, string> {
  const revealed = Object.entries(headers).map(([name, value]): [string, string] => {
    const text = reveal(value);
    if (!HEADER_VALUE.test(text)) {
      const problem = 'holds a character that no HTTP header can carry, such as a line break';
      throw new SluiceError('account.secret-invalid', `the header "${name}" ${problem}`);
    }
    return [name.toLowerCase(), text];
  });
  return Object.fromEntries(revealed);
}

/** JSON keeps every integer exact; a form is percent-encoded. */
export function toRequestBody(body: VendorRequestBody | undefined): RequestText | undefined {
  if (body === undefined) return undefined;
  if ('json' in body) {
    return { text: stringifyJson(body.json), headers: { 'content-type': 'application/json' } };
  }
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body.form)) form.append(name, reveal(value));
  return {
    text: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

const reveal = (value: string | Secret): string =>
  value instanceof Secret ? value.reveal() : value;
