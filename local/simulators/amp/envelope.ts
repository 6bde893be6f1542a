/**
 * The envelope of every answer: `{version, metadata, data, errors}`. Ids above 2^53 are written out in
 * full, as the vendor does.
 */
import { STATUS_CODES } from 'node:http';
import { stringifyJson } from '../../../shared/kernel/json.ts';
import { Refusal } from '../frame/refusal.ts';
import { textResponse, type WireHead, type WireResponse } from '../frame/wire.ts';
import { linkTo } from './links.ts';

const VERSION = 'v1.2.0';

export const okAnswer = (
  head: WireHead,
  data: unknown,
  { status = 200, results }: { readonly status?: number; readonly results?: unknown } = {},
): WireResponse =>
  answer(status, { links: { self: linkTo(head, head.path, head.query) }, results }, data);

/** `metadata` is given as it is to be sent: what is undefined in it is left out. */
export const answer = (status: number, metadata: unknown, data: unknown): WireResponse =>
  jsonText(status, { version: VERSION, metadata, data });

export function errorAnswer(
  status: number,
  details: readonly string[],
  head?: WireHead,
): WireResponse {
  const errors = [{ error_code: status, description: STATUS_CODES[status] ?? 'Error', details }];
  const known = status !== 401 && head !== undefined;
  const metadata = known ? { links: { self: linkTo(head, head.path, head.query) } } : undefined;
  return jsonText(status, { version: status === 401 ? null : VERSION, metadata, data: {}, errors });
}

export const unauthorized = (): WireResponse => errorAnswer(401, ['Unknown API key or Client ID']);

/** `{"error":{"message"}}`, which one client of the API is prepared for. */
export const messageAnswer = (status: number, message: string): WireResponse =>
  jsonText(status, { error: { message } });

/** Ends the request with an error, from wherever its input is read. */
export const refuse = (head: WireHead, status: number, ...details: readonly string[]): never => {
  throw new Refusal(errorAnswer(status, details, head));
};

const jsonText = (status: number, value: unknown): WireResponse =>
  textResponse(status, 'application/json; charset=utf-8', stringifyJson(value));
