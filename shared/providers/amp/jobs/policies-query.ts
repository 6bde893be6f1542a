/** `amp.policies.query`: the policies of the business, one NDJSON row a policy. */
import * as z from 'zod';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

const Product = z.enum(['windows', 'mac', 'linux', 'android', 'ios', 'network']);

export const PoliciesQueryParams = z.strictObject({
  products: z.array(Product).min(1).optional().describe('Policies of these products.'),
  names: z.array(z.string().min(1)).min(1).max(100).optional().describe('Policies so named.'),
  fields: Fields,
});
export type PoliciesQueryParams = z.output<typeof PoliciesQueryParams>;

export const policiesQuery = listJob<PoliciesQueryParams>({
  type: 'amp.policies.query',
  description: 'Lists the policies of the business, as NDJSON.',
  params: PoliciesQueryParams,
  example: { products: ['windows', 'mac'] },
  thing: 'policy',
  things: 'policies',
  operations: [operations.listPolicies],
  listOf: ({ products, names }) => ({
    operation: operations.listPolicies,
    query: { 'product[]': products, 'name[]': names },
  }),
  fieldsOf: ({ fields }) => fields,
});
