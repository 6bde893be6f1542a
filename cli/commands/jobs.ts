import type { ApiClient } from '../api-client.ts';
import type { JobPageView, JobSummaryView } from '../api-views.ts';
import { describeDetail, paintStatus } from '../describe-status.ts';
import { describeSpan } from '../describe-time.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Arguments } from '../parse-arguments.ts';
import type { Printer } from '../printer.ts';
import { alignColumns } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import type { Command } from './command.ts';

const PAGE_JOBS_MAX = 200;
/** With --all; a store may hold jobs of months. */
export const LISTED_JOBS_MAX = 10_000;

export const jobs: Command = {
  name: 'jobs',
  about: 'list jobs, newest first',
  usage: ['jobs [--status STATUS] [--type TYPE] [--account NAME] [--limit N] [--all]'],
  options: ['status', 'type', 'account', 'limit', 'cursor', 'all'],
  words: { min: 0, max: 0 },
  async run({ args, connect, io, printer }) {
    const page = await readJobs(connect(), args);
    if (printer.json) printer.document(page);
    else printer.data(...describeJobs(page.jobs, io.clock.nowMs(), printer));
    for (const line of describeRest(page, args)) printer.talk(line);
    return exitCodes.ok;
  },
};

/** A page may be empty and not the last: the API looks at so many jobs for one page and no more. */
function describeRest({ jobs: found, cursor }: JobPageView, args: Arguments): readonly string[] {
  if (cursor === undefined) return found.length === 0 ? ['no such jobs'] : [];
  const soFar = found.length === 0 ? 'none so far; ' : '';
  return [`${soFar}there are more: add --cursor '${cursor}'${args.has('all') ? '' : ' or --all'}`];
}

async function readJobs(api: ApiClient, args: Arguments): Promise<JobPageView> {
  const filters = {
    status: args.find('status'),
    type: args.find('type'),
    account: args.find('account'),
    limit: parseLimit(args.find('limit') ?? (args.has('all') ? String(PAGE_JOBS_MAX) : undefined)),
  };
  let page = await api.listJobs({ ...filters, cursor: args.find('cursor') });
  if (!args.has('all')) return page;
  const all = [...page.jobs];
  while (page.cursor !== undefined && all.length < LISTED_JOBS_MAX) {
    page = await api.listJobs({ ...filters, cursor: page.cursor });
    all.push(...page.jobs);
  }
  return { ...page, jobs: all };
}

function parseLimit(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= PAGE_JOBS_MAX) return text;
  throw new UsageError(`--limit must be a number from 1 to ${PAGE_JOBS_MAX}, not "${text}"`);
}

function describeJobs(found: readonly JobSummaryView[], nowMs: number, printer: Printer): string[] {
  if (found.length === 0) return [];
  const heads = ['ID', 'TYPE', 'ACCOUNT', 'STATUS', 'AGE', ''];
  return alignColumns([
    heads.map((head) => printer.paint('dim', head)),
    ...found.map((it) => [
      it.id,
      it.type,
      it.account,
      paintStatus(printer, it.status),
      describeSpan(nowMs - Date.parse(it.createdAt)),
      describeDetail(it, nowMs),
    ]),
  ]);
}
