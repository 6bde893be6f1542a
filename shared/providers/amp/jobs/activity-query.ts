/** `amp.activity.query`: the computers that had to do with a file, an address or a user. */
import * as z from 'zod';
import { operations } from '../operations.ts';
import { listJob } from './list-job.ts';

const Text = z.string().min(1).max(2_048);

export const ActivityQueryParams = z
  .strictObject({
    indicator: Text.optional().describe('A SHA-256, an IPv4 address, a URL or a file name.'),
    user: Text.optional().describe('Instead: the name of a user.'),
  })
  .refine(({ indicator, user }) => (indicator === undefined) !== (user === undefined), {
    path: ['indicator'],
    error: 'must be given, or "user" instead of it, but not both',
  });
export type ActivityQueryParams = z.output<typeof ActivityQueryParams>;

export const activityQuery = listJob<ActivityQueryParams>({
  type: 'amp.activity.query',
  description: 'Lists the computers that had to do with a file, an address or a user, as NDJSON.',
  params: ActivityQueryParams,
  example: { indicator: '198.51.100.7' },
  thing: 'computer',
  operations: [operations.listActivity, operations.listUserActivity],
  listOf: ({ indicator, user }) =>
    indicator === undefined
      ? { operation: operations.listUserActivity, query: { q: user } }
      : { operation: operations.listActivity, query: { q: indicator } },
});
