/** Lists the machines that were not seen for long, and freezes the list. Removes nothing. */
import * as z from 'zod';
import type { JobContext, JobEnd } from '../../jobs/job-type.ts';
import { endOfRows, putRows } from '../../jobs/put-rows.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { ReportParams } from './stale-params.ts';
import { isStale, keepReport } from './stale-report.ts';
import type { StaleSource } from './stale-source.ts';

export async function reportStale<Id extends number | string, Select>(
  context: JobContext,
  source: StaleSource<Id, Select>,
  { olderThanDays, select }: ReportParams<Select>,
): Promise<JobEnd> {
  const takenAtMs = context.nowMs();
  const stale = `stale ${source.thing}`;
  let onPage: Id[] = [];
  const listed = await putRows(context, {
    thing: source.thing,
    pages: (from) => source.pages(context, from),
    pick(row): JsonObject | undefined {
      const id = z.safeParse(source.Id, source.idOf(row)).data;
      const meant =
        isStale(source, row, olderThanDays, takenAtMs) && source.isSelected(select, row, takenAtMs);
      if (id === undefined || !meant) return undefined;
      onPage = [...onPage, id];
      return source.describe(row);
    },
    async onPage(page) {
      const ids = onPage;
      onPage = [];
      await context.putNote(noteOf(page), ids);
    },
  });
  const targets = new Set<Id>();
  for (let page = 0; page < listed.parts; page += 1) {
    const ids = z.array(source.Id).parse(await context.findNote(noteOf(page)));
    for (const id of ids) targets.add(id);
  }
  await keepReport(context, source, {
    ...{ whole: source.wholeOf(context), takenAtMs, olderThanDays },
    ...{ listed: listed.read, targets: [...targets] },
  });
  return endOfRows(listed, stale);
}

const noteOf = (page: number): string => `stale-${page}`;
