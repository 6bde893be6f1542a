/**
 * The typed error of an OpsRamp answer. A code in the body rules over the status, for what is absent
 * comes as a 500; where there is none, or none that is known, the status decides.
 *
 * source: 'OpsRamp developer portal: Error codes', 'OpsRamp OpenAPI descriptions, v2' and, for 0005,
 * 'HPE OpsRamp Terraform provider'.
 */
import type { ErrorCode } from '../../errors/codes.ts';
import { ProviderError } from '../../errors/provider-error.ts';
import { describeTold } from '../../http/told-error.ts';
import type { AnsweredResult } from '../../http/vendor-client.ts';
import type { Operation } from '../../jobs/operation.ts';
import { type OpsRampTold, readOpsRampError } from './error-envelopes.ts';

/** Every other 4xx is `provider.rejected`, every 5xx `provider.unavailable`. */
const statusCodes: Readonly<Record<number, ErrorCode>> = {
  401: 'provider.unauthorized',
  403: 'provider.unauthorized',
  404: 'provider.not-found',
  407: 'provider.unauthorized',
  409: 'provider.conflict',
  422: 'provider.conflict',
  429: 'provider.throttled',
};

const NOT_READY = '0005';

const bodyCodes: Readonly<Record<string, ErrorCode>> = {
  '0002': 'provider.rejected',
  '0003': 'provider.not-found',
  [NOT_READY]: 'provider.unavailable',
  unauthorized: 'provider.unauthorized',
  invalid_token: 'provider.unauthorized',
};

/** What is done about these is not in the vendor's own words. */
const advice: Readonly<Record<number, string>> = {
  403: 'the role of the integration does not allow it',
  407: 'the token is expired',
  410: 'the tenant is unavailable or was deactivated, so nothing of it can be done',
  422: 'it is in that state already',
};

/** Statuses that end a call before its body is looked into. */
const statusFirst: readonly number[] = [401, 403, 407, 410, 429];

export function findOpsRampError(
  operation: Operation,
  answer: AnsweredResult,
): ProviderError | undefined {
  const { status, body } = answer;
  const success = status >= 200 && status <= 299;
  // Many successes are empty or text, but a page comes from something in between.
  if (success && body.kind !== 'html') return undefined;
  const error = readOpsRampError(body);
  const code = success ? 'provider.malformed-answer' : codeOf(status, error);
  const said = [describeTold(error), advice[status]].filter(Boolean).join(' – ');
  return new ProviderError(code, `OpsRamp answered ${status} to ${operation.id}: ${said}`, {
    status,
    fields: error.fields,
    // What is not ready was not changed.
    untouched: !success && error.code === NOT_READY,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  });
}

function codeOf(status: number, { code = '', fields }: OpsRampTold): ErrorCode {
  const byStatus = statusCodes[status] ?? (status >= 500 ? 'provider.unavailable' : undefined);
  if (statusFirst.includes(status)) return byStatus ?? 'provider.rejected';
  const byBody = Object.hasOwn(bodyCodes, code) ? bodyCodes[code] : undefined;
  if (byBody !== undefined) return byBody;
  return fields.length > 0 ? 'provider.rejected' : (byStatus ?? 'provider.rejected');
}
