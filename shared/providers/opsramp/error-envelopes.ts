/**
 * What an OpsRamp error says, whatever it is wrapped in: an object with `error`, one with `code`, an
 * array of them that names fields, text, a page, or nothing.
 */
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

export interface OpsRampTold extends ToldError {
  /** `0003`, or the word of an access error such as `invalid_token`; absent where there is none. */
  readonly code?: string;
}

export const readOpsRampError = (body: VendorBody): OpsRampTold => readErrorBody(body, readJson);

function readJson(value: Json): OpsRampTold {
  if (Array.isArray(value)) return readFieldErrors(value.filter(isJsonObject));
  if (!isJsonObject(value)) return unknownShape;
  const { error_description: description } = value;
  const [code, message] = [messageOf(value['code']), messageOf(value['message'])];
  const error = messageOf(value['error']);
  if (error)
    return { ...told([error, messageOf(description)].filter(Boolean).join(': ')), code: error };
  if (!code && !message) return unknownShape;
  if (messageOf(value['fieldName'])) return readFieldErrors([value]);
  return { ...told(message || `code ${code}`), ...(code && { code }) };
}

/** `[{"code":"0002","fieldName":"f","message":"m"}]` */
function readFieldErrors(rows: readonly JsonObject[]): OpsRampTold {
  const [first] = rows;
  if (!first) return unknownShape;
  const fields = rows.map(({ fieldName, message }) =>
    toldField(messageOf(fieldName), messageOf(message)),
  );
  return { ...told('', fields), code: messageOf(first['code']) };
}
