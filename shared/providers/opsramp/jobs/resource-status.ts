/** Reads of one resource while a scan or an installation is followed. */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import type { Operation } from '../../../jobs/operation.ts';
import { isJsonObject, type JsonObject, scalarText } from '../../../kernel/json.ts';
import { Id } from '../operations/rows.ts';
import { FOLLOWED_MAX } from './follow-run.ts';

export const FollowedResources = z
  .array(Id)
  .min(1)
  .max(FOLLOWED_MAX)
  .optional()
  .describe('Resources on which it is followed; default none.');

/** A part of a status, such as `scanStatus`; empty where OpsRamp knows nothing of the resource. */
export async function readStatus(
  context: JobContext,
  operation: Operation,
  resource: string,
  part: string,
): Promise<JsonObject> {
  try {
    const call = { operation, key: `${part}-${resource}`, path: { id: resource } };
    const { body } = await context.call(call);
    const status = isJsonObject(body) ? (body[part] ?? body) : {};
    return isJsonObject(status) ? status : {};
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'provider.not-found') return {};
    throw error;
  }
}

/** OpsRamp spells one state in several ways: `INPROGRESS`, `In progress`. */
export const stateIn = (row: JsonObject, field: string): string =>
  textIn(row, field)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

export const textIn = (row: JsonObject, field: string): string => scalarText(row[field]);
