/** The commands that wait for a device, or that it has answered. */
import { pageRows } from '../../../http/pagination.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { isJsonObject, type JsonObject, scalarText } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';

export interface Command {
  readonly name: string;
  /** Parted by spaces; empty where the command takes none. */
  readonly args: string;
}

/** Throws `provider.not-found` for a device that there is not. */
export async function readQueue(
  context: JobContext,
  id: number,
  key: string,
): Promise<readonly JsonObject[]> {
  const call = { operation: operations.listCommands, key: `${key}-${id}`, path: { id } };
  return pageRows((await context.call(call)).body).filter(isJsonObject);
}

export const isSameCommand = ({ name, args }: Command, row: JsonObject): boolean =>
  row['command_type_name'] === name && scalarText(row['args']).trim() === args;

/** source: 'Automox console API, OpenAPI description': response_time is set once it was answered. */
export const isPending = (row: JsonObject): boolean => (row['response_time'] ?? null) === null;

/** Ids of the console count up, so what is queued later has a larger one. */
export const lastIdOf = (rows: readonly JsonObject[]): number =>
  rows.reduce((last, row) => Math.max(last, queueIdOf(row)), 0);

/** 0 where the entry has none. */
export function queueIdOf({ id }: JsonObject): number {
  const number = Number(scalarText(id));
  return Number.isSafeInteger(number) ? number : 0;
}
