/** `opsramp.alerts.query`: the alerts of a tenant as a list, one NDJSON row an alert. */
import * as z from 'zod';
import type { JobType } from '../../../jobs/job-type.ts';
import { alertQuery, alertSelectionFields, isSelectedAlert } from '../alert-selection.ts';
import { operations } from '../operations.ts';
import { Fields, storeList } from './store-list.ts';

export const AlertsQueryParams = z.strictObject({
  filters: z
    .strictObject(alertSelectionFields)
    .default({})
    .describe('Which alerts; default all that OpsRamp lists.'),
  fields: Fields,
});
export type AlertsQueryParams = z.output<typeof AlertsQueryParams>;

export const alertsQuery: JobType<AlertsQueryParams> = {
  type: 'opsramp.alerts.query',
  provider: 'opsramp',
  description: 'Lists the alerts that match the filters, as NDJSON.',
  params: AlertsQueryParams,
  example: {
    filters: { states: ['CRITICAL'], since: '2026-03-01T00:00:00Z', acknowledged: false },
    fields: ['uniqueId', 'subject', 'currentState', 'serviceName', 'createdDate'],
  },
  budget: 'alerts.paged',
  // One list after the other: two that share 50 pages a minute would both be done later.
  shards: 1,
  cost: {
    operations: [operations.searchAlerts],
    calls: 'one for each 500 alerts that OpsRamp lists',
  },
  execute: (context, { filters, fields }) =>
    storeList(context, {
      operation: operations.searchAlerts,
      queryString: alertQuery(filters),
      idField: 'uniqueId',
      thing: 'alert',
      isMeant: (alert) => isSelectedAlert(filters, alert),
      fields,
    }),
};
