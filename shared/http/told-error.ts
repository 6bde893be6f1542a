/**
 * What the body of an error says, whatever it is: each vendor knows its own JSON, all else is alike.
 *
 * Never throws. Quotes only what the vendor's reader takes for a message, shortened and without
 * anything that looks like a credential.
 */
import { describeFields } from '../errors/field-problems.ts';
import type { FieldProblem } from '../errors/sluice-error.ts';
import type { Json } from '../kernel/json.ts';
import type { VendorBody } from './vendor-body.ts';
import { vendorText } from './vendor-text.ts';

export interface ToldError {
  readonly text: string;
  readonly fields: readonly FieldProblem[];
}

const FIELDS_MAX = 20;

export const told = (text: string, fields: readonly FieldProblem[] = []): ToldError => ({
  text: vendorText(text),
  fields: fields.slice(0, FIELDS_MAX),
});

/** For JSON of a shape that the vendor is not known for. */
export const unknownShape: ToldError = told('JSON of no known shape');

/** `readJson` is asked for JSON that is more than text. */
export function readErrorBody<T extends ToldError>(
  body: VendorBody,
  readJson: (value: Exclude<Json, string>) => T,
): T | ToldError {
  switch (body.kind) {
    case 'json':
      return typeof body.value === 'string' ? told(body.value) : readJson(body.value);
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

export const toldField = (field: string, problem: string): FieldProblem => ({
  field: vendorText(field) || '(body)',
  problem: vendorText(problem) || 'is not valid',
});

/** Text, and numbers as text; empty for anything else. */
export const messageOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** For the sentence of an error: what it says, and of which fields. */
export const describeTold = ({ text, fields }: ToldError): string =>
  vendorText([text, describeFields(fields)].filter(Boolean).join(' – '));
