/** The typed error of an answer. The status decides what is done about it; the body says why. */
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import { readErrorBody, told, unknownShape } from '../../../shared/http/told-error.ts';
import type { AnsweredResult } from '../../../shared/http/vendor-client.ts';
import type { Operation } from '../../../shared/jobs/operation.ts';
import { isJsonObject, type Json } from '../../../shared/kernel/json.ts';

/** Every other 4xx is `provider.rejected`, every 5xx `provider.unavailable`. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'provider.unauthorized',
  404: 'provider.not-found',
  409: 'provider.conflict',
  429: 'provider.throttled',
};

export function findTemplateError(
  operation: Operation,
  { status, body, requestId }: AnsweredResult,
): ProviderError | undefined {
  const success = status >= 200 && status <= 299;
  // A page comes from something in between, whatever its status.
  if (success && body.kind !== 'html') return undefined;
  const code = success ? 'provider.malformed-answer' : codeOf(status);
  const message = `Template answered ${status} to ${operation.id}: ${readErrorBody(body, readJson).text}`;
  return new ProviderError(code, message, {
    status,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

const codeOf = (status: number): ErrorCode =>
  status >= 500 ? 'provider.unavailable' : (codes[status] ?? 'provider.rejected');

/** `told` makes it one line, short, without what could be a key. */
function readJson(value: Json) {
  const message = isJsonObject(value) ? value['message'] : undefined;
  return typeof message === 'string' ? told(message) : unknownShape;
}
