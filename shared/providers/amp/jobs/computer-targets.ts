/**
 * The computers that a job acts on: those it names, or those it selects, chosen once and then kept
 * beside the job, page by page, so that a selection goes on where its delivery ended.
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { readComputer } from '../computer.ts';
import { isSelected, selectionFields, selectionQuery } from '../computer-selection.ts';
import { listPages } from '../list-pages.ts';
import { Guid } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { Standing } from './standing.ts';

/** As many GUIDs as fit into one job message, with room to spare. */
const COMPUTERS_MAX = 5_000;

const Select = z
  .strictObject(selectionFields)
  .refine(
    (select) => Object.values(select).some((value) => value !== undefined),
    'must name at least one condition',
  );

export const targetFields = {
  computers: z
    .array(Guid)
    .min(1)
    .max(COMPUTERS_MAX)
    .optional()
    .describe('Connector GUIDs; one that is listed twice counts once.'),
  select: Select.optional().describe('Or: the computers for which all of this holds.'),
  atMost: z
    .int()
    .min(1)
    .max(COMPUTERS_MAX)
    .default(100)
    .describe('Refuse where "select" finds more computers than so many.'),
};

const Choice = z.strictObject(targetFields);
export type Choice = z.output<typeof Choice>;

export const hasOneChoice = ({ computers, select }: Partial<Choice>): boolean =>
  (computers === undefined) !== (select === undefined);

export const oneChoice = {
  path: ['computers'],
  error: 'must be given, or "select" instead of it, but not both',
};

const Target = z.object({
  guid: z.string(),
  hostname: z.string().exactOptional(),
  /** As the listing showed it, where there was one. */
  standing: Standing.exactOptional(),
});
export type Target = z.output<typeof Target>;

export const SelectPhase = z.object({
  phase: z.literal('select'),
  run: z.int(),
  /** Where the next page begins; null once all are kept. */
  cursor: z.int().nullable(),
  pages: z.int(),
  found: z.int(),
});
export type SelectPhase = z.output<typeof SelectPhase>;

const NOTE = 'targets';

/** The targets of a job whose selection is over. */
export const getTargets = async (context: JobContext, { computers }: Choice): Promise<Target[]> =>
  computers ? named(computers) : getNote(context, NOTE);

/** Throws `job.refused` where a selection finds more than it may. */
export async function chooseTargets(
  context: JobContext,
  choice: Choice,
  stored: SelectPhase | undefined,
  standingOf: (row: JsonObject) => Standing,
): Promise<Target[]> {
  if (choice.computers) return named(choice.computers);
  // A retried job chooses anew: half of a selection from yesterday is none.
  const begun = stored?.run === context.run ? stored : undefined;
  const pages = await keepPages(context, choice, begun, standingOf);
  const targets = new Map<string, Target>();
  for (let page = 0; page < pages; page += 1) {
    for (const target of await getNote(context, pageNote(page))) targets.set(target.guid, target);
  }
  const all = [...targets.values()];
  await context.putNote(NOTE, all);
  return all;
}

const named = (computers: readonly string[]): Target[] =>
  [...new Set(computers)].map((guid) => ({ guid }));

async function keepPages(
  context: JobContext,
  { select = {}, atMost }: Choice,
  begun: SelectPhase | undefined,
  standingOf: (row: JsonObject) => Standing,
): Promise<number> {
  const { run } = context;
  let at: SelectPhase = begun ?? { phase: 'select', run, cursor: 0, pages: 0, found: 0 };
  if (at.cursor === null) return at.pages;
  const operation = operations.listComputers;
  const list = { operation, key: 'select', query: selectionQuery(select), from: at.cursor };
  for await (const { rows, next } of listPages(context, list)) {
    const targets = rows.filter(isJsonObject).flatMap((row): Target[] => {
      const { guid, hostname, ...computer } = readComputer(row);
      if (guid === undefined) return [];
      if (!isSelected(select, { guid, hostname, ...computer }, context.nowMs())) return [];
      return [{ guid, ...(hostname === undefined ? {} : { hostname }), standing: standingOf(row) }];
    });
    const found = at.found + targets.length;
    if (found > atMost) throw tooMany(found, atMost);
    await context.putNote(pageNote(at.pages), targets);
    at = { ...at, cursor: next ?? null, pages: at.pages + 1, found };
    context.checkpointAt(at, { done: found, unit: 'computers selected' });
  }
  return at.pages;
}

const pageNote = (page: number): string => `selected-${page}`;

function tooMany(found: number, atMost: number): SluiceError {
  const problem = `allows ${count(atMost, 'computer')}, and the selection finds ${found} or more`;
  return new SluiceError('job.refused', `atMost ${problem}: nothing was done`, {
    fields: [{ field: 'params.atMost', problem }],
  });
}

async function getNote(context: JobContext, name: string): Promise<Target[]> {
  const note: Json | undefined = await context.findNote(name);
  const targets = z.safeParse(z.array(Target), note);
  if (targets.success) return targets.data;
  throw new SluiceError('job.refused', 'the computers it had chosen are gone: submit it again');
}
