/**
 * What an OpsRamp error says, whatever it is wrapped in: an object with `error`, one with `code`, an
 * array of them that names fields, text, a page, or nothing.
 */
import type { FieldProblem } from '../../errors/sluice-error.ts';
import type { VendorBody } from '../../http/vendor-body.ts';
import { vendorText } from '../../http/vendor-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';

export interface ToldError {
  /** `0003`, or the word of an access error such as `invalid_token`; empty where there is none. */
  readonly code: string;
  readonly text: string;
  readonly fields: readonly FieldProblem[];
}

const FIELDS_MAX = 20;

export function readErrorBody(body: VendorBody): ToldError {
  switch (body.kind) {
    case 'json':
      return readErrorJson(body.value);
    case 'text':
      return told(body.text);
    case 'html':
      return told('an HTML page');
    case 'empty':
      return told('no body');
    case 'malformed':
      return told(`a body that cannot be read (${body.reason})`);
  }
}

function readErrorJson(value: Json): ToldError {
  if (typeof value === 'string') return told(value);
  if (Array.isArray(value)) return readFieldErrors(value.filter(isJsonObject));
  const body = isJsonObject(value) ? value : {};
  const { code, message, error, error_description: description } = body;
  if (textOf(error) !== '') {
    return {
      ...told([error, description].map(textOf).filter(Boolean).join(': ')),
      code: textOf(error),
    };
  }
  if (textOf(code) === '' && textOf(message) === '') return told('JSON of no known shape');
  return textOf(body['fieldName']) === ''
    ? { ...told(textOf(message) || `code ${textOf(code)}`), code: textOf(code) }
    : readFieldErrors([body]);
}

/** `[{"code":"0002","fieldName":"f","message":"m"}]` */
function readFieldErrors(rows: readonly JsonObject[]): ToldError {
  if (rows.length === 0) return told('JSON of no known shape');
  const [first] = rows;
  const fields = rows.slice(0, FIELDS_MAX).map(({ fieldName, message }) => ({
    field: vendorText(textOf(fieldName)) || '(body)',
    problem: vendorText(textOf(message)) || 'is not valid',
  }));
  return { code: textOf(first?.['code']), text: '', fields };
}

const told = (text: string): ToldError => ({ code: '', text: vendorText(text), fields: [] });

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
