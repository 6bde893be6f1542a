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
import {
  messageOf,
  readErrorBody,
  type ToldError,
  told,
  toldField,
  unknownShape,
} from '../../http/told-error.ts';
import type { VendorBody } from '../../http/vendor-body.ts';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/json.ts';

type Shape = (body: JsonObject) => ToldError | undefined;

export const readAutomoxError = (body: VendorBody): ToldError => readErrorBody(body, readJson);

function readJson(value: Json): ToldError {
  const body = isJsonObject(value) ? value : {};
  for (const shape of shapes) {
    const found = shape(body);
    if (found) return found;
  }
  return unknownShape;
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
    const fields = rows.map((row) => problem(messageOf(row['field']), row['message']));
    return rows.length > 0 ? told(headline(body), fields) : undefined;
  },
  // {"errors":["message"]}
  (body) => {
    const texts = listOf(body['errors']).map(messageOf).filter(Boolean);
    return texts.length > 0 ? told(texts.join('; ')) : undefined;
  },
  // {"type","title","status","detail","instance"}
  (body) => (messageOf(body['title']) === '' ? undefined : told(headline(body))),
  // {"timestamp","status","error","path"}
  (body) =>
    'timestamp' in body && messageOf(body['error']) !== ''
      ? told(messageOf(body['error']))
      : undefined,
];

const headline = (body: JsonObject): string =>
  [body['title'], body['detail']].map(messageOf).filter(Boolean).join(': ');

const fieldsOf = (fields: JsonObject): FieldProblem[] =>
  Object.entries(fields).map(([field, messages]) => problem(field, messages));

const problem = (field: string, messages: Json | undefined): FieldProblem =>
  toldField(field, [messages].flat().map(messageOf).filter(Boolean).join('; '));

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
