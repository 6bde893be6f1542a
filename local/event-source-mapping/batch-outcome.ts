/**
 * Which messages of a batch are done, by what the function answered.
 *
 * Without `ReportBatchItemFailures` any answer completes the batch. With it: no answer, or an empty
 * list, completes it; a listed id fails that message; anything else that is wrong with the answer
 * (an unknown, empty or missing identifier, another shape) fails the whole batch.
 * Source: AWS Lambda Developer Guide: implementing partial batch responses, success and failure.
 */
import * as z from 'zod';

const BatchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/** The ids of `messageIds` that failed. */
export function failedMessageIds(
  answer: unknown,
  messageIds: ReadonlySet<string>,
  reportBatchItemFailures: boolean,
): ReadonlySet<string> {
  if (!reportBatchItemFailures || answer === undefined || answer === null) return new Set();
  const response = BatchResponse.safeParse(answer);
  if (!response.success) return messageIds;
  const failures = response.data.batchItemFailures ?? [];
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  return failed.isSubsetOf(messageIds) ? failed : messageIds;
}
