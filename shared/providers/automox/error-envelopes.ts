/**
 * What an Automox error body says, whichever of its services wrote it. Problem documents come as
 * plain application/json, so a body is told by its shape alone, the most telling shape first.
 *
 * Never throws. Quotes only the fields that are known to be messages, shortened and without anything
 * that looks like a credential.
 *
 * source: 'Automox console API, OpenAPI description' for `{"errors":["text"]}`; 'Automox console API,
 * observed' for the others and for their order.
 */
import type { FieldProblem } from '../../errors/sluice-error.ts';
import type { VendorBody } from '../../http/vendor-body.ts';
import { vendorText } from '../../http/vendor-text.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';

export interface ToldError {
  readonly text: string;
  readonly fields: readonly FieldProblem[];
}

type Shape = (body: JsonObject) => ToldError | undefined;

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
  const body = isJsonObject(value) ? value : {};
  for (const shape of shapes) {
    const found = shape(body);
    if (found) return found;
  }
  return told('JSON of no known shape');
}

const shapes: readonly Shape[] = [
  // {"title","status","detail","invalidFields":{"field":"message"}}
  (body) => {
    const fields = body['invalidFields'];
    return isJsonObject(fields) ? told(headline(body), fieldsOf(fields)) : undefined;
  },
  // {"errors":{"field":["message"]}}
  (body) => {
    const { errors } = body;
    return isJsonObject(errors) ? told(headline(body), fieldsOf(errors)) : undefined;
  },
  // {"title","status","errors":[{"field","message"}]}
  (body) => {
    const rows = listOf(body['errors']).filter(isJsonObject);
    const fields = rows.map((row) => problem(textOf(row['field']), row['message']));
    return rows.length > 0 ? told(headline(body), fields) : undefined;
  },
  // {"errors":["message"]}
  (body) => {
    const texts = listOf(body['errors']).map(textOf).filter(Boolean);
    return texts.length > 0 ? told(texts.join('; ')) : undefined;
  },
  // {"type","title","status","detail","instance"}
  (body) => (textOf(body['title']) === '' ? undefined : told(headline(body))),
  // {"timestamp","status","error","path"}
  (body) =>
    'timestamp' in body && textOf(body['error']) !== '' ? told(textOf(body['error'])) : undefined,
];

const told = (text: string, fields: readonly FieldProblem[] = []): ToldError => ({
  text: vendorText(text),
  fields: fields.slice(0, FIELDS_MAX),
});

const headline = (body: JsonObject): string =>
  [body['title'], body['detail']].map(textOf).filter(Boolean).join(': ');

const fieldsOf = (fields: JsonObject): FieldProblem[] =>
  Object.entries(fields).map(([field, messages]) => problem(field, messages));

const problem = (field: string, messages: Json | undefined): FieldProblem => ({
  field: vendorText(field) || '(body)',
  problem: vendorText([messages].flat().map(textOf).filter(Boolean).join('; ')) || 'is not valid',
});

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
