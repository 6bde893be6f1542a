/** What an answer, an error or a silence means for a call, by its repeat class. Pure but for notes. */
import { ProviderError } from '../errors/provider-error.ts';
import type { SluiceError } from '../errors/sluice-error.ts';
import type { AnsweredResult } from '../http/vendor-client.ts';
import type { Json } from '../kernel/json.ts';
import { Secret } from '../kernel/secret.ts';
import type { Delivery } from './delivery.ts';
import type { VendorAnswer } from './job-type.ts';
import type { OperationCall } from './operation.ts';
import { findText, withoutFields } from './without-fields.ts';

const TEXT_ANSWER_CHARS_MAX = 100_000;

/**
 * A 2xx answer as a job sees it. A body that cannot be read fails a read; after a write the deed is
 * done, so the answer counts and the job says that its body was lost.
 */
export function answerFrom(
  call: OperationCall,
  answer: AnsweredResult,
  delivery: Delivery,
): VendorAnswer {
  const { body, status } = answer;
  if (body.kind === 'json') {
    return { from: 'wire', status, ...openBody(call, body.value) };
  }
  if (body.kind === 'empty') return { from: 'wire', status, body: null };
  if (body.kind === 'text' && call.operation.textAnswer) {
    return { from: 'wire', status, body: body.text.slice(0, TEXT_ANSWER_CHARS_MAX) };
  }
  if (call.operation.repeat === 'safe') {
    const cause = body.kind === 'malformed' ? body.error : undefined;
    throw new ProviderError(
      'provider.malformed-answer',
      `${call.operation.id} answered ${status} with ${describe(body.kind)} instead of JSON`,
      { status, cause, ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }) },
    );
  }
  const warning = `${call.operation.id} answered ${status} with ${describe(body.kind)}; the call took effect`;
  delivery.change((job) => ({ ...job, warnings: [...(job.warnings ?? []), warning].slice(0, 50) }));
  // Text that should have been JSON may hold what its fields would have held.
  const shown = body.kind === 'text' && hiddenFields(call).length === 0;
  return { from: 'wire', status, body: shown ? body.text.slice(0, 1_000) : null };
}

const hiddenFields = ({ operation }: OperationCall): readonly string[] => [
  ...(operation.secretFields ?? []),
  ...(operation.sealedFields ?? []),
];

/** The body without what must not be kept, and what of that is for the job's eyes. */
function openBody(call: OperationCall, value: Json): Pick<VendorAnswer, 'body' | 'sealed'> {
  const hidden = hiddenFields(call);
  if (hidden.length === 0) return { body: value };
  const sealed = (call.operation.sealedFields ?? []).flatMap((name) => {
    const text = findText(value, name);
    return text === undefined ? [] : [[name, new Secret(text)] as const];
  });
  return { body: withoutFields(value, hidden), sealed: Object.fromEntries(sealed) };
}

const describe = (kind: 'text' | 'html' | 'malformed'): string =>
  ({ text: 'plain text', html: 'an HTML page', malformed: 'an unreadable body' })[kind];

/** Whether a sending that may have been carried out matters to a later one of the same call. */
export const staysInDoubt = ({ operation, goneIsDone = false }: OperationCall): boolean =>
  operation.repeat === 'reconcile' || goneIsDone;

/** Silence: a call that may be repeated is a failed try; any other is uncertain. */
export function unansweredError(call: OperationCall, cause: SluiceError): ProviderError {
  const { id, repeat } = call.operation;
  if (repeat === 'once') {
    return new ProviderError(
      'provider.no-answer',
      `${id} was sent and no answer came: it may or may not have taken effect`,
      { cause },
    );
  }
  return new ProviderError('provider.timed-out', `${id} was sent and no answer came`, { cause });
}

/**
 * An error answer under the call's repeat class. A vendor that is unwell may have acted before it
 * failed, so a write stays in the ledger (`settled: false`): it is looked up, or the job is uncertain.
 */
export function withRepeatRule(
  call: OperationCall,
  error: ProviderError,
): { readonly error: ProviderError; readonly settled: boolean } {
  const { repeat, id } = call.operation;
  const mayHaveActed = error.disposition === 'retry' && !error.untouched;
  if (mayHaveActed && staysInDoubt(call)) return { error, settled: false };
  if (!mayHaveActed || repeat !== 'once') return { error, settled: true };
  const uncertain = new ProviderError(
    'provider.no-answer',
    `${id} answered ${error.status ?? 'an error'}: it may or may not have taken effect`,
    {
      cause: error,
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.requestId === undefined ? {} : { requestId: error.requestId }),
    },
  );
  return { error: uncertain, settled: true };
}
