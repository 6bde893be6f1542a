/**
 * `automox.reports.prepatch`: devices and the patches that they will get, one NDJSON row a device. In
 * each patch `cve` is a list, whichever of null, text and list Automox answers.
 */
import type { JobType } from '../../../jobs/job-type.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { operations } from '../operations.ts';
import { type ReportParams, reportType } from './report-pages.ts';

export const reportsPrepatch: JobType<ReportParams> = {
  type: 'automox.reports.prepatch',
  description: 'Lists the devices with the patches that they will get, as NDJSON.',
  ...reportType({
    operation: operations.getPrepatchReport,
    envelope: 'prepatch',
    pick: (row) => ({ ...row, patches: listOf(row['patches']).map(withCveList) }),
  }),
};

const withCveList = (patch: Json): Json =>
  isJsonObject(patch) ? ({ ...patch, cve: listOf(patch['cve']) } satisfies JsonObject) : patch;

function listOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}
