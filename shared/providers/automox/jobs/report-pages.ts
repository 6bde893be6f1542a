/**
 * Reports of the console, which page by `offset`. Each page is one object around a list of devices,
 * and its `total` counts the page: the end is a page that is not full.
 *
 * source: 'Automox console API, observed' (the description says that they are arrays).
 */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import { numberedPages, type Page, walkPages } from '../../../http/pagination.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import type { Operation } from '../../../jobs/operation.ts';
import { endOfRows, putRows } from '../../../jobs/put-rows.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../kernel/json.ts';
import { Id } from '../device-selection.ts';
import { ACCOUNT_LINES } from '../limits.ts';

/** source: 'Automox console API, OpenAPI description': the default limit of both reports. */
const PAGE_ROWS = 250;

export const ReportParams = z.strictObject({
  groupId: Id.optional().describe('Only devices of this server group; default all.'),
});
export type ReportParams = z.output<typeof ReportParams>;

interface Report {
  readonly operation: Operation;
  /** The key of the object around the devices. */
  readonly envelope: string;
  readonly pick?: (row: JsonObject) => Json;
}

/** The part of a job type that every report has. */
export const reportType = (
  report: Report,
): Omit<JobType<ReportParams>, 'type' | 'description'> => ({
  provider: 'automox',
  params: ReportParams,
  example: { groupId: 23500 },
  budget: 'account',
  // Reads only: order does not matter.
  shards: ACCOUNT_LINES,
  cost: { operations: [report.operation], calls: 'one for each page of devices' },
  execute: (context, params) => listReport(context, report, params),
});

async function listReport(
  context: JobContext,
  report: Report,
  { groupId }: ReportParams,
): Promise<JobEnd> {
  const pages = (from = 0): AsyncGenerator<Page<number>> =>
    walkPages({
      style: numberedPages(PAGE_ROWS),
      from,
      async fetchPage(page) {
        const query = { groupId, limit: PAGE_ROWS, offset: page * PAGE_ROWS };
        const call = { operation: report.operation, key: `page-${page}`, query };
        return devicesIn((await context.call(call)).body, report.envelope);
      },
    });
  const { pick } = report;
  const listed = await putRows(context, { thing: 'device', pages, ...(pick ? { pick } : {}) });
  return endOfRows(listed, 'device');
}

function devicesIn(body: Json, envelope: string): readonly Json[] {
  const inside = isJsonObject(body) ? body[envelope] : body;
  const devices = isJsonObject(inside) ? inside['devices'] : inside;
  if (Array.isArray(devices)) return devices;
  if (isJsonObject(inside) && (devices ?? null) === null) return [];
  throw new SluiceError('provider.malformed-answer', `the answer holds no ${envelope} devices`);
}
