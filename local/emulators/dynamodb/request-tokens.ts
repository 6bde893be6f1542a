/**
 * Idempotency of TransactWriteItems: the same token with the same body answers as before, with
 * another body it is refused. This is what makes a repeat safe when an answer was lost.
 */

import type { Clock } from '../../../shared/kernel/clock.ts';
import { minutes } from '../../../shared/kernel/duration.ts';
import { sha256Hex } from '../../../shared/kernel/ids.ts';
import { canonicalJson } from '../../../shared/kernel/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';

/** Source: Amazon DynamoDB API reference, TransactWriteItems, ClientRequestToken. */
const REQUEST_TOKEN_LIFETIME_MS = minutes(10);

export interface RequestTokens {
  /** Runs `work` unless the token of `input` has succeeded with the same input before. */
  once<T>(input: JsonInput, work: () => Promise<T>): Promise<T>;
}

interface Finished {
  readonly atMs: number;
  readonly inputHash: string;
  readonly output: unknown;
}

export function createRequestTokens(clock: Pick<Clock, 'nowMs'>): RequestTokens {
  const finished = new Map<string, Finished>();
  const forgetOld = (nowMs: number): void => {
    for (const [token, { atMs }] of finished) {
      if (nowMs - atMs < REQUEST_TOKEN_LIFETIME_MS) return;
      finished.delete(token);
    }
  };
  return {
    once: async <T>(input: JsonInput, work: () => Promise<T>): Promise<T> => {
      const token = input['ClientRequestToken'];
      if (typeof token !== 'string') return await work();
      forgetOld(clock.nowMs());
      const inputHash = sha256Hex(canonicalJson(input));
      const before = finished.get(token);
      if (before !== undefined) {
        if (before.inputHash === inputHash) return before.output as T;
        throw new AwsError('IdempotentParameterMismatchException', 'token used with other input');
      }
      const output = await work();
      finished.set(token, { atMs: clock.nowMs(), inputHash, output });
      return output;
    },
  };
}
