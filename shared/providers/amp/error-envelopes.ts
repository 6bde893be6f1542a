/**
 * What a Cisco AMP error body says. Never throws; quotes only what is known to be a message.
 *
 * source: 'Cisco AMP for Endpoints API: Errors' for the envelope; 'Cisco AMP API v1, observed' for
 * `{"error":{"message"}}` and for pages and empty bodies of what stands before the API.
 */
import {
  messageOf,
  readErrorBody,
  type ToldError,
  told,
  unknownShape,
} from '../../http/told-error.ts';
import type { VendorBody } from '../../http/vendor-body.ts';
import { isJsonObject, type Json } from '../../kernel/json.ts';

const DETAILS_MAX = 20;

export const readAmpError = (body: VendorBody): string => readErrorBody(body, readJson).text;

function readJson(value: Json): ToldError {
  const { errors, error } = isJsonObject(value) ? value : {};
  const entries = Array.isArray(errors) ? errors.map(readEntry).filter(Boolean) : [];
  if (entries.length > 0) return told(entries.join('; '));
  const message = isJsonObject(error) ? messageOf(error['message']) : '';
  return message === '' ? unknownShape : told(message);
}

/** `{"error_code","description","details":["…"]}` */
function readEntry(entry: Json): string {
  if (!isJsonObject(entry)) return messageOf(entry);
  const details = Array.isArray(entry['details']) ? entry['details'].slice(0, DETAILS_MAX) : [];
  const said = details.map(messageOf).filter(Boolean).join(', ');
  return [messageOf(entry['description']), said].filter(Boolean).join(': ');
}
