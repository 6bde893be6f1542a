/**
 * The devices that a batch job acts on: those it lists, or those it selects, chosen once and then kept
 * beside the job. Page by page, so that a selection goes on where its delivery ended.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json } from '../../../kernel/json.ts';
import { readDevice } from '../device.ts';
import { type DeviceSelection, isSelected, selectionQuery } from '../device-selection.ts';
import { listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';

const TARGETS = 'targets';

const Ids = z.array(z.int());

export const SelectPhase = z.object({
  phase: z.literal('select'),
  run: z.int(),
  /** The page to ask for next; null once all are kept. */
  page: z.int().nullable(),
  /** Pages kept, and the devices on them that are meant. */
  pages: z.int(),
  found: z.int(),
});
export type SelectPhase = z.output<typeof SelectPhase>;

/** The targets of a selection that is over. Throws `job.refused` where the store no longer has them. */
export const getTargets = (context: JobContext): Promise<number[]> => getIds(context, TARGETS);

export async function selectTargets(
  context: JobContext,
  selection: DeviceSelection,
  stored: SelectPhase | undefined,
): Promise<number[]> {
  // A retried job chooses anew: half of a selection from yesterday is none.
  const begun = stored?.run === context.run ? stored : undefined;
  const pages = await keepPages(context, selection, begun);
  const targets = new Set<number>();
  for (let page = 0; page < pages; page += 1) {
    for (const id of await getIds(context, noteOf(page))) targets.add(id);
  }
  const ids = [...targets];
  await context.putNote(TARGETS, ids);
  return ids;
}

async function keepPages(
  context: JobContext,
  selection: DeviceSelection,
  begun: SelectPhase | undefined,
): Promise<number> {
  const { run } = context;
  let at: SelectPhase = begun ?? { phase: 'select', run, page: 0, pages: 0, found: 0 };
  if (at.page === null) return at.pages;
  const query = selectionQuery(selection);
  const list = { operation: operations.listServers, key: 'select', query, from: at.page };
  for await (const { rows, cursor, next } of listPages(context, list)) {
    const ids = rows.flatMap((row) => idOf(selection, row) ?? []);
    await context.putNote(noteOf(cursor), ids);
    at = { ...at, page: next ?? null, pages: cursor + 1, found: at.found + ids.length };
    context.checkpointAt(at, { done: at.found, unit: 'devices selected' });
  }
  return at.pages;
}

function idOf(selection: DeviceSelection, row: Json): number | undefined {
  const device = isJsonObject(row) ? readDevice(row) : undefined;
  return device && isSelected(selection, device) ? device.id : undefined;
}

const noteOf = (page: number): string => `selected-${page}`;

async function getIds(context: JobContext, name: string): Promise<number[]> {
  const ids = z.safeParse(Ids, await context.findNote(name));
  if (ids.success) return ids.data;
  throw new SluiceError('job.refused', 'the devices it had chosen are gone: submit the job again');
}
