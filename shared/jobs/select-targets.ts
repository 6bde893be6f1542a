/**
 * What a job acts on where its caller gave conditions instead of ids: chosen once, page by page, and
 * then kept beside the job, so that a selection goes on where its delivery ended.
 */
import * as z from 'zod';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Page } from '../http/pagination.ts';
import { isJsonObject, type Json, type JsonObject } from '../kernel/json.ts';
import type { JobContext } from './job-type.ts';

export const SelectPhase = z.object({
  phase: z.literal('select'),
  run: z.int(),
  /** Where the next page begins; null once all are kept. */
  cursor: z.int().nullable(),
  /** Pages kept, and the targets on them. */
  pages: z.int(),
  found: z.int(),
});
export type SelectPhase = z.output<typeof SelectPhase>;

/** Meant, and nothing to be done about it: counted, not kept. */
export const LEFT_OUT = Symbol('left out');

export interface Targets<T> {
  readonly targets: readonly T[];
  readonly leftOut: number;
}

export interface Selection<T extends Json> {
  /** `devices` */
  readonly things: string;
  readonly Target: z.ZodType<T>;
  /** Of two with one key the later one counts. */
  readonly keyOf: (target: T) => number | string;
  readonly pages: (from: number | undefined) => AsyncGenerator<Page<number>>;
  /** Undefined for a row that is not meant. */
  readonly pick: (row: JsonObject) => T | typeof LEFT_OUT | undefined;
  /** Throws where so many are more than the job may touch. */
  readonly assertFew?: (found: number) => void;
}

const NOTE = 'targets';

/** The targets of a selection that is over. Throws `job.refused` where the store no longer has them. */
export const getTargets = <T extends Json>(
  context: JobContext,
  selection: Pick<Selection<T>, 'things' | 'Target'>,
): Promise<Targets<T>> => getNote(context, selection, NOTE);

export async function selectTargets<T extends Json>(
  context: JobContext,
  selection: Selection<T>,
  stored: SelectPhase | undefined,
): Promise<Targets<T>> {
  // A retried job chooses anew: half of a selection from yesterday is none.
  const begun = stored?.run === context.run ? stored : undefined;
  const pages = await keepPages(context, selection, begun);
  const chosen = new Map<number | string, T>();
  let leftOut = 0;
  for (let page = 0; page < pages; page += 1) {
    const kept = await getNote(context, selection, noteOf(page));
    for (const target of kept.targets) chosen.set(selection.keyOf(target), target);
    leftOut += kept.leftOut;
  }
  const targets = { targets: [...chosen.values()], leftOut };
  await context.putNote(NOTE, targets);
  return targets;
}

async function keepPages<T extends Json>(
  context: JobContext,
  { things, pages, pick, assertFew }: Selection<T>,
  begun: SelectPhase | undefined,
): Promise<number> {
  let at: SelectPhase = begun ?? {
    ...{ phase: 'select', run: context.run, cursor: null, pages: 0, found: 0 },
  };
  if (begun && at.cursor === null) return at.pages;
  for await (const { rows, next } of pages(at.cursor ?? undefined)) {
    const picked = rows.filter(isJsonObject).map(pick);
    const targets = picked.filter((it): it is T => it !== undefined && it !== LEFT_OUT);
    const leftOut = picked.filter((it) => it === LEFT_OUT).length;
    const found = at.found + targets.length;
    assertFew?.(found);
    await context.putNote(noteOf(at.pages), { targets, leftOut });
    at = { ...at, cursor: next ?? null, pages: at.pages + 1, found };
    context.checkpointAt(at, { done: found, unit: `${things} selected` });
  }
  return at.pages;
}

const noteOf = (page: number): string => `selected-${page}`;

async function getNote<T extends Json>(
  context: JobContext,
  { things, Target }: Pick<Selection<T>, 'things' | 'Target'>,
  name: string,
): Promise<Targets<T>> {
  const Kept = z.object({ targets: z.array(Target), leftOut: z.int() });
  const kept = z.safeParse(Kept, await context.findNote(name));
  if (kept.success) return kept.data;
  throw new SluiceError(
    'job.refused',
    `the ${things} it had chosen are gone: submit the job again`,
  );
}
