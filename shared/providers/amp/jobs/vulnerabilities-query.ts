/**
 * `amp.vulnerabilities.query`: programs with known vulnerabilities, one NDJSON row a program; or the
 * computers that have one of them. Cisco deprecated this part of the API in May 2025.
 */
import * as z from 'zod';
import { Guid, Sha256 } from '../operation-params.ts';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

const Instant = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 instant with a zone' });

export const VulnerabilitiesQueryParams = z.strictObject({
  sha256: Sha256.optional().describe('Instead: the computers with this program, 1,000 at most.'),
  groupGuids: z.array(Guid).min(1).max(100).optional().describe('Seen in one of these groups.'),
  from: Instant.optional().describe('Seen at or after this instant.'),
  to: Instant.optional().describe('Seen before this instant.'),
  fields: Fields,
});
export type VulnerabilitiesQueryParams = z.output<typeof VulnerabilitiesQueryParams>;

export const vulnerabilitiesQuery = listJob<VulnerabilitiesQueryParams>({
  type: 'amp.vulnerabilities.query',
  description:
    'Deprecated by Cisco in May 2025: lists programs with known vulnerabilities, as NDJSON.',
  params: VulnerabilitiesQueryParams,
  example: { groupGuids: ['6f8b1c7e-0d3a-4b52-9a41-2f6f0c9d1e34'] },
  thing: 'vulnerability row',
  operations: [operations.listVulnerabilities, operations.listVulnerableComputers],
  listOf: ({ sha256, groupGuids, from, to }) => ({
    ...(sha256 === undefined
      ? { operation: operations.listVulnerabilities }
      : { operation: operations.listVulnerableComputers, path: { sha256 } }),
    query: { 'group_guid[]': groupGuids, start_time: from, end_time: to },
  }),
  fieldsOf: ({ fields }) => fields,
});
