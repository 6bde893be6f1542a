/** `amp.computers.query`: the computers of the business as a list, one NDJSON row a computer. */
import * as z from 'zod';
import { readComputer } from '../computer.ts';
import { isSelected, selectionFields, selectionQuery } from '../computer-selection.ts';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

export const ComputersQueryParams = z.strictObject({
  filters: z
    .strictObject(selectionFields)
    .default({})
    .describe('Which computers; default all of the business.'),
  fields: Fields,
});
export type ComputersQueryParams = z.output<typeof ComputersQueryParams>;

export const computersQuery = listJob<ComputersQueryParams>({
  type: 'amp.computers.query',
  description: 'Lists the computers of the business that match the filters, as NDJSON.',
  params: ComputersQueryParams,
  example: {
    filters: { groupGuids: ['6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34'], lastSeenWithinDays: 7 },
    fields: ['connector_guid', 'hostname', 'operating_system', 'isolation', 'last_seen'],
  },
  thing: 'computer',
  operations: [operations.listComputers],
  listOf: ({ filters }) => ({
    operation: operations.listComputers,
    query: selectionQuery(filters),
  }),
  isMeant: (row, { filters }, context) => isSelected(filters, readComputer(row), context.nowMs()),
  fieldsOf: ({ fields }) => fields,
});
