/** The rules of every SQS batch, and the answer in which the failure of one entry is its own. */
import { SqsError } from './errors.ts';
import { limits } from './limits.ts';

interface BatchFailure {
  readonly id: string;
  readonly error: SqsError;
}

export interface BatchAnswer<T> {
  readonly successful: readonly { readonly id: string; readonly value: T }[];
  readonly failed: readonly BatchFailure[];
}

/** Throws if the batch as a whole is wrong; an `SqsError` of one entry fails that entry alone. */
export function runBatch<Entry extends { readonly id: string }, T>(
  entries: readonly Entry[],
  run: (entry: Entry) => T,
): BatchAnswer<T> {
  checkEntries(entries);
  const successful: { id: string; value: T }[] = [];
  const failed: BatchFailure[] = [];
  for (const entry of entries) {
    try {
      successful.push({ id: entry.id, value: run(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      failed.push({ id: entry.id, error });
    }
  }
  return { successful, failed };
}

/** Throws `BatchRequestTooLong` where the messages together are over the limit. */
export function checkBatchBytes(bytes: number): void {
  if (bytes <= limits.batchBytesMax.value) return;
  throw new SqsError(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${limits.batchBytesMax.value} bytes. ` +
      `You have sent ${bytes} bytes.`,
  );
}

function checkEntries(entries: readonly { readonly id: string }[]): void {
  const max = limits.batchEntriesMax.value;
  if (entries.length === 0) {
    throw new SqsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > max) {
    throw new SqsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${max}. You have sent ${entries.length}.`,
    );
  }
  const invalid = entries.find(({ id }) => !/^[A-Za-z0-9_-]{1,80}$/.test(id));
  if (invalid !== undefined) {
    throw new SqsError(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
        'It can be at most 80 letters long.',
    );
  }
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    throw new SqsError('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  }
}
