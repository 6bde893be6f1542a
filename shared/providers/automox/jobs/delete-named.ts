/**
 * Deletes what is named by its id and its name. What is not there is success.
 *
 * Guarantees: nothing is deleted under another name than the one that was meant; the job says that it
 * deleted also where the answer to its delete was lost.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import type { JobContext, JobEnd } from '../../../jobs/job-type.ts';
import type { Operation } from '../../../jobs/operation.ts';
import type { JsonObject } from '../../../kernel/json.ts';

export interface Named {
  /** What it is: `policy`. */
  readonly thing: string;
  readonly id: number;
  readonly name: string;
  readonly operation: Operation;
  /** As it is now; undefined where there is none. `key` is another one at each step. */
  readonly find: (key: string) => Promise<JsonObject | undefined>;
  /** Throws `job.refused` where it must stay, whatever its name. */
  readonly assertFree?: (row: JsonObject) => void;
}

/** The delete is about to be sent, or was. */
const Checkpoint = z.object({ phase: z.literal('deleting') });

export async function deleteNamed(context: JobContext, named: Named): Promise<JobEnd> {
  const { thing, id, name, operation, find, assertFree } = named;
  const data = { [`${thing}Id`]: id };
  const begun = parseCheckpoint(Checkpoint, context.checkpoint) !== undefined;
  const row = await find('read');
  // Gone after a delete without an answer: this job's own doing.
  if (!row && !begun) {
    const summary = `there is no ${thing} ${id}`;
    return { status: 'succeeded', summary, data: { ...data, deleted: false } };
  }
  if (row) {
    assertFree?.(row);
    assertNamed(named, row);
    context.checkpointAt({ phase: 'deleting' });
    await context.call({ operation, key: 'delete', path: { id } }).catch(unlessGone(find));
  }
  const summary = `${context.observing ? 'would delete' : 'deleted'} the ${thing} "${name}"`;
  return { status: 'succeeded', summary, data: { ...data, deleted: true } };
}

function assertNamed({ thing, name }: Named, row: JsonObject): void {
  const found = row['name'] ?? '';
  if (found === name) return;
  const other = typeof found === 'string' ? `"${found}"` : 'none';
  throw refusedDelete('name', `is not the name of the ${thing}, which is ${other}`);
}

export const refusedDelete = (field: string, problem: string): SluiceError =>
  new SluiceError('job.refused', `${field} ${problem}: nothing was deleted`, {
    fields: [{ field: `params.${field}`, problem }],
  });

/** An absent thing may be answered as one that the key may not see. */
const refusals: ReadonlySet<string> = new Set(['provider.unauthorized', 'provider.not-found']);

const unlessGone =
  (find: Named['find']) =>
  async (error: unknown): Promise<void> => {
    const mayBeGone = error instanceof ProviderError && refusals.has(error.code);
    if (!mayBeGone || (await find('clash'))) throw error;
  };
