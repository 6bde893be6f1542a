/** The typed error of an answer. The status decides what is done about it; the body says why. */
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ProviderError } from '../../../shared/errors/provider-error.ts';
import type { VendorBody } from '../../../shared/http/vendor-body.ts';
import type { AnsweredResult } from '../../../shared/http/vendor-client.ts';
import { vendorText } from '../../../shared/http/vendor-text.ts';
import type { Operation } from '../../../shared/jobs/operation.ts';
import { isJsonObject } from '../../../shared/kernel/json.ts';

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
  const message = `Template answered ${status} to ${operation.id}: ${describe(body)}`;
  return new ProviderError(code, message, {
    status,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

const codeOf = (status: number): ErrorCode =>
  status >= 500 ? 'provider.unavailable' : (codes[status] ?? 'provider.rejected');

/** Through `vendorText`: one line, short, without what could be a key. */
function describe(body: VendorBody): string {
  if (body.kind === 'text') return vendorText(body.text);
  if (body.kind !== 'json') return `a body of kind ${body.kind}`;
  const message = isJsonObject(body.value) ? body.value['message'] : undefined;
  return typeof message === 'string' ? vendorText(message) : 'JSON of no known shape';
}
