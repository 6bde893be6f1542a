/** Answers that no vendor should give, and those that all of them do. */
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import type { MalformedReason, VendorBody } from '../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../shared/http/vendor-client.ts';
import type { Json } from '../../shared/kernel/json.ts';

/** What an answer may quote of the request: no error may pass it on. */
export const LEAKED_KEY = 'b7e2f1a09c3d4e5f8a6b7c8d9e0f1a2b';

export const statuses: readonly number[] = Array.from({ length: 500 }, (_, at) => 100 + at);

export const jsonAnswer = (value: unknown): VendorBody => ({ kind: 'json', value: value as Json });

const malformed = (reason: MalformedReason): VendorBody => ({
  kind: 'malformed',
  reason,
  error: new SluiceError('provider.malformed-answer', 'unreadable'),
});

const leak = `Authorization: Bearer ${LEAKED_KEY}`;

export const someBodies: readonly VendorBody[] = [
  { kind: 'empty' },
  { kind: 'text', text: 'no\n\u0000entry' },
  { kind: 'text', text: `${leak} `.repeat(2_000) },
  { kind: 'html', text: `<html><body>${leak}</body></html>` },
  malformed('half-body'),
  malformed('too-large'),
  ...[null, true, 0, '', leak, [], {}, [[{}]]].map(jsonAnswer),
  ...[{ errors: [leak] }, { errors: { field: [leak, null, {}] } }, { errors: null }].map(
    jsonAnswer,
  ),
  ...[{ errors: [{ error_code: 400, description: 'bad', details: [leak] }] }].map(jsonAnswer),
  ...[{ title: leak, status: 'x', detail: {} }, { error: { message: leak } }].map(jsonAnswer),
  ...[{ code: '0011', message: leak, error: leak, error_description: [leak] }].map(jsonAnswer),
  jsonAnswer({ message: 'x'.repeat(1_000_000) }),
];

export const answerOf = (status: number, body: VendorBody): AnsweredResult => ({
  kind: 'answered',
  status,
  headers: {},
  body,
  sentAtMs: 0,
  answeredAtMs: 1,
  elapsedMs: 1,
});
