/**
 * What a vendor's body is, told by its shape first and by its content type second: problem
 * documents come as application/json, HTML error pages with status 200, JSON with no type at all.
 *
 * Never throws and never quotes the body: a page or a document may carry secrets.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import { isDeeper, type Json, parseJson } from '../kernel/json.ts';
import type { BodyCut } from './wire-body.ts';

export type VendorBody =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'html'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'malformed'; readonly reason: MalformedReason; readonly error: SluiceError };

export type MalformedReason = BodyCut | 'not-json' | 'too-deep';

const sentences: Readonly<Record<MalformedReason, string>> = {
  'half-body': 'the vendor answered with a body that was cut before its end',
  'too-large': 'the vendor answered with a body over the size limit',
  undecodable: 'the vendor answered with a body whose content encoding cannot be decoded',
  'too-deep': 'the vendor answered with JSON that is nested too deep',
  'not-json': 'the vendor answered with a body that says it is JSON and is not',
};

export const malformedBody = (reason: MalformedReason): VendorBody => ({
  kind: 'malformed',
  reason,
  error: new SluiceError('provider.malformed-answer', sentences[reason]),
});

/** Ten times what vendors nest: all that later walks the value goes as deep. */
const LEVELS_MAX = 100;

export function readVendorBody(text: string, contentType: string | undefined): VendorBody {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(trimmed)) return { kind: 'html', text };
  const claimsJson = /\bjson\b/i.test(contentType ?? '');
  if (claimsJson || /^[[{]/.test(trimmed)) {
    const parsed = tryJson(trimmed);
    if (isDeeper(parsed, LEVELS_MAX)) return malformedBody('too-deep');
    if (parsed !== undefined) return { kind: 'json', value: parsed };
    if (claimsJson) return malformedBody('not-json');
  }
  return { kind: /\bhtml\b/i.test(contentType ?? '') ? 'html' : 'text', text };
}

/** Undefined for text that is no JSON, or so deep that it cannot be read. */
function tryJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
