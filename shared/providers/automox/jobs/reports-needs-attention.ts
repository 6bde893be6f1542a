/** `automox.reports.needs-attention`: devices that do not comply, one NDJSON row each. */
import type { JobType } from '../../../jobs/job-type.ts';
import { operations } from '../operations.ts';
import { type ReportParams, reportType } from './report-pages.ts';

export const reportsNeedsAttention: JobType<ReportParams> = {
  type: 'automox.reports.needs-attention',
  description: 'Lists the devices that need attention, as NDJSON.',
  ...reportType({ operation: operations.getNeedsAttentionReport, envelope: 'nonCompliant' }),
};
