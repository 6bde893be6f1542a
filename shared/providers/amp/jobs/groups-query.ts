/** `amp.groups.query`: the groups of the business, one NDJSON row a group. */
import * as z from 'zod';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

export const GroupsQueryParams = z.strictObject({
  name: z.string().min(1).optional().describe('Groups of this name, as Cisco AMP compares it.'),
  fields: Fields,
});
export type GroupsQueryParams = z.output<typeof GroupsQueryParams>;

export const groupsQuery = listJob<GroupsQueryParams>({
  type: 'amp.groups.query',
  description: 'Lists the groups of the business, as NDJSON.',
  params: GroupsQueryParams,
  example: { name: 'Triage', fields: ['guid', 'name'] },
  thing: 'group',
  operations: [operations.listGroups],
  listOf: ({ name }) => ({ operation: operations.listGroups, query: { name } }),
  fieldsOf: ({ fields }) => fields,
});
