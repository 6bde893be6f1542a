/**
 * The typed error of an Automox answer. The status decides what is done about it; the body only says
 * why, except for a policy name that is taken, which no status marks.
 *
 * source: 'Automox developer portal: API standards', 'Automox console API, OpenAPI description' and
 * 'Automox console API, observed' (403 beside 401, 500 for bad input, the text of the name clash).
 */
import type { ErrorCode } from '../../errors/codes.ts';
import { ProviderError } from '../../errors/provider-error.ts';
import { describeTold, type ToldError } from '../../http/told-error.ts';
import type { AnsweredResult } from '../../http/vendor-client.ts';
import type { Operation } from '../../jobs/operation.ts';
import { readAutomoxError } from './error-envelopes.ts';

/** Every other 4xx is `provider.rejected`, every 5xx `provider.unavailable`. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'provider.unauthorized',
  402: 'provider.unauthorized',
  // Also for a key that is expired, or of the wrong kind. An absent group is 403 too: jobs list
  // groups instead of asking for one.
  403: 'provider.unauthorized',
  404: 'provider.not-found',
  409: 'provider.conflict',
  429: 'provider.throttled',
};

/** Comes with any 4xx. The policy may be the one that an earlier try created. */
const NAME_TAKEN = 'A policy with this name already exists';

export function findAutomoxError(
  operation: Operation,
  answer: AnsweredResult,
): ProviderError | undefined {
  const { status, body } = answer;
  const success = status >= 200 && status <= 299;
  // The console answers JSON or nothing: a page comes from something in between, whatever its status.
  if (success && body.kind !== 'html') return undefined;
  const error = readAutomoxError(body);
  const code = success ? 'provider.malformed-answer' : codeOf(status, error);
  const message = `Automox answered ${status} to ${operation.id}: ${describeTold(error)}`;
  return new ProviderError(code, message, {
    status,
    fields: error.fields,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  });
}

function codeOf(status: number, error: ToldError): ErrorCode {
  if (status >= 500) return 'provider.unavailable';
  if (status >= 400 && describeTold(error).includes(NAME_TAKEN)) return 'provider.conflict';
  return codes[status] ?? 'provider.rejected';
}
