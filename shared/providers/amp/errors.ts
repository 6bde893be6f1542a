/**
 * The typed error of a Cisco AMP answer. The status decides what is done about it, but where it says
 * that there was nothing left to do, or where a success says that nothing was done.
 *
 * source: 'Cisco AMP for Endpoints API: Errors' and 'Cisco AMP API v1, observed'.
 */
import type { ErrorCode } from '../../errors/codes.ts';
import { ProviderError } from '../../errors/provider-error.ts';
import type { VendorBody } from '../../http/vendor-body.ts';
import type { AnsweredResult } from '../../http/vendor-client.ts';
import type { Operation } from '../../jobs/operation.ts';
import { isJsonObject } from '../../kernel/json.ts';
import { readAmpError } from './error-envelopes.ts';
import { operations } from './operations.ts';

/** Every other 4xx is `provider.rejected`, every 5xx `provider.unavailable`. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'provider.unauthorized',
  403: 'provider.unauthorized',
  404: 'provider.not-found',
  409: 'provider.conflict',
  429: 'provider.throttled',
};

/** Refusals that mean: it is so already. The text tells an absent item from an absent list. */
const doneAlready: readonly { operation: Operation; status: number; text: RegExp }[] = [
  { operation: operations.addListFile, status: 409, text: /already been taken/i },
  { operation: operations.removeListFile, status: 404, text: /list item not found/i },
];

export function findAmpError(
  operation: Operation,
  answer: AnsweredResult,
): ProviderError | undefined {
  const { status, body } = answer;
  const success = status >= 200 && status <= 299;
  const text = success ? findDenial(operation, body) : readAmpError(body);
  if (text === undefined || isDoneAlready(operation, status, text)) return undefined;
  const code = success ? denialCode(body) : codeOf(status);
  return new ProviderError(code, `Cisco AMP answered ${status} to ${operation.id}: ${text}`, {
    status,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  });
}

/** Whether a call that was answered with that status found nothing left to do. */
export const isNeedless = (status: number): boolean => status >= 400;

const isDoneAlready = ({ id }: Operation, status: number, text: string): boolean =>
  doneAlready.some((it) => it.operation.id === id && it.status === status && it.text.test(text));

/** The API answers JSON or nothing: a page comes from something in between, whatever its status. */
function findDenial({ id }: Operation, body: VendorBody): string | undefined {
  if (body.kind === 'html') return 'an HTML page';
  if (id !== operations.deleteComputer.id || body.kind !== 'json') return undefined;
  const data = isJsonObject(body.value) ? body.value['data'] : undefined;
  const kept = isJsonObject(data) && data['deleted'] === false;
  return kept ? 'the computer was not deleted' : undefined;
}

const denialCode = ({ kind }: VendorBody): ErrorCode =>
  kind === 'html' ? 'provider.malformed-answer' : 'provider.rejected';

const codeOf = (status: number): ErrorCode =>
  status >= 500 ? 'provider.unavailable' : (codes[status] ?? 'provider.rejected');
