/** The computers that a job acts on: those it names, or those it selects. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import {
  getTargets as getChosen,
  type Selection,
  type SelectPhase,
  selectTargets,
} from '../../../jobs/select-targets.ts';
import type { JsonObject } from '../../../kernel/json.ts';
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

const computersOf = { things: 'computers', Target } as const;

/** The targets of a job whose selection is over. */
export const getTargets = async (
  context: JobContext,
  { computers }: Choice,
): Promise<readonly Target[]> =>
  computers ? named(computers) : (await getChosen(context, computersOf)).targets;

/** Throws `job.refused` where a selection finds more than it may. */
export async function chooseTargets(
  context: JobContext,
  choice: Choice,
  stored: SelectPhase | undefined,
  standingOf: (row: JsonObject) => Standing,
): Promise<readonly Target[]> {
  const { computers, select = {}, atMost } = choice;
  if (computers) return named(computers);
  const list = {
    ...{ operation: operations.listComputers, key: 'select' },
    query: selectionQuery(select),
  };
  const selection: Selection<Target> = {
    ...computersOf,
    keyOf: ({ guid }) => guid,
    pages: (from) => listPages(context, { ...list, from }),
    pick(row) {
      const computer = readComputer(row);
      const { guid, hostname } = computer;
      if (guid === undefined || !isSelected(select, computer, context.nowMs())) return undefined;
      const standing = standingOf(row);
      return { guid, ...(hostname === undefined ? {} : { hostname }), standing };
    },
    assertFew(found) {
      if (found > atMost) throw tooMany(found, atMost);
    },
  };
  return (await selectTargets(context, selection, stored)).targets;
}

const named = (computers: readonly string[]): Target[] =>
  [...new Set(computers)].map((guid) => ({ guid }));

function tooMany(found: number, atMost: number): SluiceError {
  const problem = `allows ${count(atMost, 'computer')}, and the selection finds ${found} or more`;
  return new SluiceError('job.refused', `atMost ${problem}: nothing was done`, {
    fields: [{ field: 'params.atMost', problem }],
  });
}
