/** Maintenance windows by name or id. Names are not unique at OpsRamp, and a window that is over counts no more. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { type JsonObject, scalarText } from '../../../kernel/json.ts';
import { findListed, idIn, requireRow } from '../list-pages.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { SearchText, toQueryString } from '../query-string.ts';

export const windowFieldsById = {
  windowId: Id.optional().describe('The window, by its id.'),
  name: SearchText.optional().describe('Or by its name, where no other window has it.'),
};

export interface WindowById {
  readonly windowId?: string | number | undefined;
  readonly name?: string | undefined;
}

export const WindowParams = z
  .strictObject(windowFieldsById)
  .refine(({ windowId, name }) => (windowId === undefined) !== (name === undefined), {
    path: ['windowId'],
    error: 'must be given, or "name" instead of it, but not both',
  });
export type WindowParams = z.output<typeof WindowParams>;

/** The window as it is now. Throws `job.refused` where none or several have the name. */
export async function getWindow(context: JobContext, by: WindowById): Promise<JsonObject> {
  const id = by.windowId ?? idIn(await getNamed(context, by.name ?? ''), 'uniqueId') ?? '';
  const call = { operation: operations.getMaintenance, key: 'read', path: { id } };
  const { body } = await context.call(call);
  return { ...requireRow(body, 'maintenance window'), uniqueId: String(id) };
}

async function getNamed(context: JobContext, name: string): Promise<JsonObject> {
  const found = await findWindow(context, name, 'find');
  if (found) return found;
  throw new SluiceError('job.refused', `no maintenance window is named "${name}"`);
}

/** The window of exactly this name that is not over. Throws `job.refused` where there are several. */
export async function findWindow(
  context: JobContext,
  name: string,
  key: string,
): Promise<JsonObject | undefined> {
  const list = {
    operation: operations.searchMaintenances,
    key,
    queryString: toQueryString({ name }),
    idField: 'uniqueId',
  };
  const isOpen = (row: JsonObject): boolean =>
    scalarText(row['status']).toLowerCase() !== 'completed';
  const found = await findListed(context, list, (row) => row['name'] === name && isOpen(row));
  if (found.length <= 1) return found[0];
  const ids = found.map((row) => idIn(row, 'uniqueId')).join(', ');
  throw new SluiceError(
    'job.refused',
    `${found.length} maintenance windows are named "${name}" (${ids}): name one by its id`,
  );
}
