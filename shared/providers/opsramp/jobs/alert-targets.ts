/**
 * The alerts that a job acts on: those it lists, or those it selects, chosen once and then kept beside
 * the job, page by page. An alert that is in the wanted state already is no target.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { type AlertSelection, alertQuery, isSelectedAlert } from '../alert-selection.ts';
import { idIn, listPages } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { type AlertAction, hasReached } from './alert-actions.ts';

/** Half an hour of the budget; the list is in the row of the job, which is written after each. */
export const TARGETS_MAX = 5_000;

const Kept = z.object({ ids: z.array(z.string()), reached: z.int() });

export const Targets = Kept;
export type Targets = z.output<typeof Targets>;

export const SelectPhase = z.object({
  phase: z.literal('select'),
  run: z.int(),
  /** The page to ask for next; null once all are kept. */
  page: z.int().nullable(),
  /** Pages kept, and the alerts on them that are meant. */
  pages: z.int(),
  found: z.int(),
});
export type SelectPhase = z.output<typeof SelectPhase>;

const TARGETS = 'targets';

/** The targets of a selection that is over. Throws `job.refused` where the store no longer has them. */
export const getTargets = (context: JobContext): Promise<Targets> => getKept(context, TARGETS);

export async function selectTargets(
  context: JobContext,
  selection: AlertSelection,
  action: AlertAction,
  stored: SelectPhase | undefined,
): Promise<Targets> {
  // A retried job chooses anew: half of a selection from yesterday is none.
  const begun = stored?.run === context.run ? stored : undefined;
  const pages = await keepPages(context, selection, action, begun);
  const ids = new Set<string>();
  let reached = 0;
  for (let page = 0; page < pages; page += 1) {
    const kept = await getKept(context, noteOf(page));
    for (const id of kept.ids) ids.add(id);
    reached += kept.reached;
  }
  const targets = { ids: [...ids], reached };
  await context.putNote(TARGETS, targets);
  return targets;
}

async function keepPages(
  context: JobContext,
  selection: AlertSelection,
  action: AlertAction,
  begun: SelectPhase | undefined,
): Promise<number> {
  const { run } = context;
  let at: SelectPhase = begun ?? { phase: 'select', run, page: 1, pages: 0, found: 0 };
  if (at.page === null) return at.pages;
  const search = { operation: operations.searchAlerts, queryString: alertQuery(selection) };
  const list = { ...search, idField: 'uniqueId', key: 'select', from: at.page };
  for await (const { rows, next } of listPages(context, list)) {
    const meant = rows.filter((alert) => isSelectedAlert(selection, alert));
    const left = meant.filter((alert) => !hasReached(action, alert));
    const ids = left.flatMap((alert) => idIn(alert, 'uniqueId') ?? []);
    await context.putNote(noteOf(at.pages), { ids, reached: meant.length - left.length });
    at = { ...at, page: next ?? null, pages: at.pages + 1, found: at.found + ids.length };
    if (at.found > TARGETS_MAX) throw tooMany();
    context.checkpointAt(at, { done: at.found, unit: 'alerts selected' });
  }
  return at.pages;
}

const tooMany = () =>
  new SluiceError(
    'job.refused',
    `it selects more than ${TARGETS_MAX.toLocaleString('en-US')} alerts: narrow it down`,
  );

const noteOf = (page: number): string => `selected-${page}`;

async function getKept(context: JobContext, name: string): Promise<Targets> {
  const kept = z.safeParse(Kept, await context.findNote(name));
  if (kept.success) return kept.data;
  throw new SluiceError('job.refused', 'the alerts it had chosen are gone: submit the job again');
}
