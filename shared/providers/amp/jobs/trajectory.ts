/**
 * `amp.trajectory`: what happened on one computer, one NDJSON row an event. There is one answer and no
 * page behind it: it is asked for again after a crash, and its rows have no id.
 */
import * as z from 'zod';
import { ProviderError } from '../../../errors/provider-error.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { dataOf } from '../computer.ts';
import { Guid, PAGE_ROWS_MAX } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { READ_ONLY } from '../scopes.ts';

const Text = z.string().min(1).max(2_048);

export const TrajectoryParams = z
  .strictObject({
    computer: Guid.describe('The connector GUID of the computer.'),
    search: Text.optional().describe(
      'Only what has to do with this SHA-256, address, URL or file.',
    ),
    user: Text.optional().describe('Instead: what this user did there.'),
  })
  .refine(({ search, user }) => search === undefined || user === undefined, {
    path: ['search'],
    error: 'cannot be given beside "user"',
  });
export type TrajectoryParams = z.output<typeof TrajectoryParams>;

export const trajectory: JobType<TrajectoryParams> = {
  type: 'amp.trajectory',
  provider: 'amp',
  description: 'Lists what happened on one computer, as NDJSON.',
  params: TrajectoryParams,
  example: { computer: '1f9a3c52-77e4-4a0b-8d55-6b1c2e3f4a5b', search: '198.51.100.7' },
  budget: 'account',
  shards: 2,
  cost: {
    operations: [operations.getTrajectory, operations.getUserTrajectory],
    calls: 'one',
    permissions: READ_ONLY,
  },
  execute: readTrajectory,
};

async function readTrajectory(
  context: JobContext,
  { computer, search, user }: TrajectoryParams,
): Promise<JobEnd> {
  const operation = user === undefined ? operations.getTrajectory : operations.getUserTrajectory;
  const { body } = await context.call({
    operation,
    key: 'read',
    path: { guid: computer },
    query: { q: user ?? search },
  });
  const events = dataOf(body)?.['events'] ?? [];
  if (!Array.isArray(events)) {
    throw new ProviderError('provider.malformed-answer', 'Cisco AMP answered no trajectory');
  }
  if (events.length >= PAGE_ROWS_MAX) {
    context.warn(`AMP shows ${PAGE_ROWS_MAX} events at most: older ones may be missing`);
  }
  await context.putPart(0, events);
  return { status: 'succeeded', summary: `${count(events.length, 'event')} listed`, parts: 1 };
}
