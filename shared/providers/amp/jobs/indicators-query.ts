/** `amp.indicators.query`: the cloud's indicators of compromise, one NDJSON row an indicator. */
import * as z from 'zod';
import { operations } from '../operations.ts';
import { Fields, listJob } from './list-job.ts';

export const IndicatorsQueryParams = z.strictObject({ fields: Fields });
export type IndicatorsQueryParams = z.output<typeof IndicatorsQueryParams>;

export const indicatorsQuery = listJob<IndicatorsQueryParams>({
  type: 'amp.indicators.query',
  description: 'Lists the indicators of compromise that Cisco AMP knows, as NDJSON.',
  params: IndicatorsQueryParams,
  example: { fields: ['guid', 'name'] },
  thing: 'indicator',
  operations: [operations.listIndicators],
  listOf: () => ({ operation: operations.listIndicators }),
  fieldsOf: ({ fields }) => fields,
});
