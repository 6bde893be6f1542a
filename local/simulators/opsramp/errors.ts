/**
 * The bodies of errors that the OpsRamp documentation shows: one object for access and throttling, one
 * with a code, of which 0003 means "not found" although its status is 500, and an array for fields.
 */
import { STATUS_CODES } from 'node:http';
import { Refusal } from '../frame/refusal.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';

/** `{"error":"unauthorized","error_description":"text"}` */
export const accessError = (status: number, error: string, description: string): WireResponse =>
  jsonResponse(status, { error, error_description: description });

/** `{"code":"0003","message":"text"}` */
export const codeError = (status: number, code: string, message: string): WireResponse =>
  jsonResponse(status, { code, message });

/** 400 with `[{"code":"0002","fieldName":"f","message":"text"}]` */
export const fieldErrors = (fields: Readonly<Record<string, string>>): WireResponse =>
  jsonResponse(
    400,
    Object.entries(fields).map(([fieldName, message]) => ({ code: '0002', fieldName, message })),
  );

export const throttledError = (): WireResponse =>
  accessError(429, 'throttled', 'Too Many Requests');

/** What a status looks like when the documentation shows no body for it. */
export function errorOf(status: number): WireResponse {
  if (status === 429) return throttledError();
  if (status === 407) return accessError(407, 'invalid_token', 'Access token expired');
  if (status < 500) return accessError(status, 'error', STATUS_CODES[status] ?? 'Error');
  return codeError(status, '0001', STATUS_CODES[status] ?? 'Error');
}

/** Ends the request with this answer, from wherever its input is read. */
export const refuse = (response: WireResponse): never => {
  throw new Refusal(response);
};

/** Ends the request with 400 when any field has a problem. */
export function refuseIfAny(problems: Readonly<Record<string, string>>): void {
  if (Object.keys(problems).length > 0) refuse(fieldErrors(problems));
}
