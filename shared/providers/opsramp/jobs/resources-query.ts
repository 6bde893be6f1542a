/** `opsramp.resources.query`: the resources of a tenant as a list, one NDJSON row a resource. */
import * as z from 'zod';
import type { JobType } from '../../../jobs/job-type.ts';
import { operations } from '../operations.ts';
import { Instant, SearchText, searchDateOf, toQueryString } from '../query-string.ts';
import { Fields, storeList } from './store-list.ts';

const text = (what: string) => SearchText.optional().describe(what);

/** source: 'OpsRamp OpenAPI descriptions, v2': GET /resources/search. */
const Filters = z.strictObject({
  hostName: text('Its host name.'),
  dnsName: text('Its DNS name.'),
  resourceName: text('Its resource name.'),
  aliasName: text('The name that people see.'),
  id: text('Its id.'),
  serialNumber: text('Its serial number.'),
  ipAddress: text('Its address.'),
  state: z
    .enum(['active', 'inactive', 'discovered', 'all'])
    .optional()
    .describe('In this state; default as OpsRamp does.'),
  type: text('Its type, such as DEVICE.'),
  deviceType: text('Its device type.'),
  resourceType: text('Its resource type, such as Windows.'),
  since: Instant.optional().describe('Created at this instant or later, ISO 8601.'),
  until: Instant.optional().describe('Created at this instant or earlier.'),
});

export const ResourcesQueryParams = z.strictObject({
  filters: Filters.default({}).describe('Which resources; default all that OpsRamp lists.'),
  fields: Fields,
});
export type ResourcesQueryParams = z.output<typeof ResourcesQueryParams>;

export const resourcesQuery: JobType<ResourcesQueryParams> = {
  type: 'opsramp.resources.query',
  provider: 'opsramp',
  description: 'Lists the resources that match the filters, as NDJSON.',
  params: ResourcesQueryParams,
  example: {
    filters: { state: 'active', resourceType: 'Windows' },
    fields: ['id', 'hostName', 'ipAddress', 'osName'],
  },
  budget: 'device.paged',
  shards: 1,
  cost: {
    operations: [operations.searchResources],
    calls: 'one for each 500 resources that OpsRamp lists',
  },
  execute: (context, { filters: { since, until, ...filters }, fields }) =>
    storeList(context, {
      operation: operations.searchResources,
      queryString: toQueryString({
        ...filters,
        startCreationDate: searchDateOf(since),
        endCreationDate: searchDateOf(until),
      }),
      idField: 'id',
      thing: 'resource',
      fields,
    }),
};
