/** `amp.version`: the cheapest call there is, to see whether credential and region are right. */
import * as z from 'zod';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, scalarText } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { READ_ONLY } from '../scopes.ts';

export const VersionParams = z.strictObject({});
export type VersionParams = z.output<typeof VersionParams>;

export const version: JobType<VersionParams> = {
  type: 'amp.version',
  provider: 'amp',
  description: 'Asks for the version of the API: shows that credential and region are right.',
  params: VersionParams,
  example: {},
  budget: 'account',
  shards: 2,
  cost: { operations: [operations.getVersion], calls: 'one', permissions: READ_ONLY },
  execute: readVersion,
};

/** A wrong key, or a key of another region, is `provider.unauthorized`. */
async function readVersion(context: JobContext): Promise<JobEnd> {
  const { body } = await context.call({ operation: operations.getVersion, key: 'version' });
  const told = isJsonObject(body) ? (body['version'] ?? null) : null;
  const summary = `the credential is taken; the API is ${scalarText(told) || 'there'}`;
  return { status: 'succeeded', summary, data: { version: told } };
}
