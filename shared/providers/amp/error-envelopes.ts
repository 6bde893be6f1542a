/**
 * What a Cisco AMP error body says. Never throws; quotes only what is known to be a message.
 *
 * source: 'Cisco AMP for Endpoints API: Errors' for the envelope; 'Cisco AMP API v1, observed' for
 * `{"error":{"message"}}` and for pages and empty bodies of what stands before the API.
 */
import type { VendorBody } from '../../http/vendor-body.ts';
import { vendorText } from '../../http/vendor-text.ts';
import { isJsonObject, type Json } from '../../kernel/json.ts';

const DETAILS_MAX = 20;

export function readErrorBody(body: VendorBody): string {
  switch (body.kind) {
    case 'json':
      return vendorText(readErrorJson(body.value));
    case 'text':
      return vendorText(body.text);
    case 'html':
      return 'an HTML page';
    case 'empty':
      return 'no body';
    case 'malformed':
      return `a body that cannot be read (${body.reason})`;
  }
}

function readErrorJson(value: Json): string {
  const { errors, error } = isJsonObject(value) ? value : {};
  const told = Array.isArray(errors) ? errors.map(readEntry).filter(Boolean) : [];
  if (told.length > 0) return told.join('; ');
  const message = isJsonObject(error) ? textOf(error['message']) : '';
  return message || 'JSON of no known shape';
}

/** `{"error_code","description","details":["…"]}` */
function readEntry(entry: Json): string {
  if (!isJsonObject(entry)) return textOf(entry);
  const details = Array.isArray(entry['details']) ? entry['details'].slice(0, DETAILS_MAX) : [];
  const told = details.map(textOf).filter(Boolean).join(', ');
  return [textOf(entry['description']), told].filter(Boolean).join(': ');
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
