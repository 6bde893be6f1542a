/** The one translation of AWS failures: the service did not do it, try later. */
import { SluiceError } from '../errors/sluice-error.ts';

/** AWS understood the request and says that it is wrong: our defect, which no retry mends. */
const DEFECTS = new Set(['ValidationException', 'SerializationException', 'InvalidParameterValue']);

/**
 * The answer of `call`. Throws `store.unavailable` where AWS throttles, fails, refuses or does not
 * answer; `what` names the thing that was asked, for the person who has to act.
 */
export async function orUnavailable<T>(what: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!isFromAws(error) || DEFECTS.has(error.name)) throw error;
    const reason = findSystemCode(error) ?? error.name;
    throw new SluiceError('store.unavailable', `${what} is unavailable: ${reason}`, {
      cause: error,
    });
  }
}

/** The SDK marks what it throws with `$metadata`; a socket cut while a body is read has but a code. */
const isFromAws = (error: unknown): error is Error =>
  error instanceof Error &&
  ('$metadata' in error ||
    error.name === 'CredentialsProviderError' ||
    findSystemCode(error) !== undefined);

/** `ECONNRESET` and its kind; Node's own `ERR_…` codes are defects. */
const findSystemCode = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code)
    ? error.code
    : undefined;
