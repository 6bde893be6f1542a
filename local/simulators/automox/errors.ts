/**
 * Every shape of error body that the Automox API was seen to answer. Which service answers which is
 * not documented: the older ones use `errors`, the newer ones the rest.
 */
import { STATUS_CODES } from 'node:http';
import { Refusal } from '../frame/refusal.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';

const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';

/** `{"errors":["text"]}`, the only one in the vendor's own description. */
export const errorTexts = (status: number, ...texts: readonly string[]): WireResponse =>
  jsonResponse(status, { errors: texts.length === 0 ? [titleOf(status)] : texts });

/** `{"errors":{"field":["text"]}}` */
export const errorFields = (
  status: number,
  fields: Readonly<Record<string, readonly string[]>>,
): WireResponse => jsonResponse(status, { errors: fields });

/** RFC 7807, sent as plain application/json. */
export const problem = (status: number, detail: string, instance: string): WireResponse =>
  jsonResponse(status, { type: 'about:blank', title: titleOf(status), status, detail, instance });

/** `{"title","status","errors":[{"field","message"}]}` */
export const problemWithErrors = (
  status: number,
  errors: readonly { readonly field: string; readonly message: string }[],
): WireResponse => jsonResponse(status, { title: titleOf(status), status, errors });

/** `{"title","status","detail","invalidFields":{"field":"message"}}` */
export const invalidFields = (
  status: number,
  detail: string,
  fields: Readonly<Record<string, string>>,
): WireResponse =>
  jsonResponse(status, { title: titleOf(status), status, detail, invalidFields: fields });

/** `{"timestamp","status","error","path"}` */
export const timestampedError = (status: number, nowMs: number, path: string): WireResponse =>
  jsonResponse(status, {
    timestamp: new Date(nowMs).toISOString(),
    status,
    error: titleOf(status),
    path,
  });

/** Ends the request with this answer, from wherever its input is read. */
export const refuse = (response: WireResponse): never => {
  throw new Refusal(response);
};
