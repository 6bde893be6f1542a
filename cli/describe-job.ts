/** A whole job for people: what it is, how it fares, what happened to it. */
import { stringifyJson } from '../shared/kernel/json.ts';
import type { JobView } from './api-views.ts';
import { describeProgress, describeWaiting, paintStatus } from './describe-status.ts';
import { describeDistance, describeSpan } from './describe-time.ts';
import { describeTimeline } from './describe-timeline.ts';
import { type Printer, printable } from './printer.ts';
import { alignColumns } from './table.ts';

type Row = readonly [label: string, text: string];

export function describeJob(job: JobView, nowMs: number, printer: Printer): string[] {
  const rows = [
    ...stateRows(job, nowMs),
    ...endRows(job),
    ...orderRows(job),
    ...timeRows(job, nowMs),
  ];
  const id = printer.paint('bold', job.id);
  return [
    `${id}  ${job.type} of ${job.account}  ${paintStatus(printer, job.status)}`,
    ...alignColumns(
      rows.map(([label, text]) => [printer.paint('dim', label), text]),
      '  ',
    ),
    '',
    printer.paint('bold', 'timeline'),
    ...describeTimeline(job.timeline, '  '),
  ];
}

const stateRows = (job: JobView, nowMs: number): Row[] => [
  ...optional('waits for', job.waiting && describeWaiting(job.waiting, nowMs)),
  ...optional('progress', job.progress && describeProgress(job.progress)),
  ...optional('cancel', job.cancelRequested && 'requested: stops before its next vendor call'),
];

/** How it ended, or is failing: the error with each field, warnings, and where the result is. */
export const endRows = ({ id, error, summary, warnings = [], result }: JobView): Row[] => [
  ...optional('summary', summary && printable(summary)),
  ...optional('error', error && printable(`${error.code}: ${error.message}`)),
  ...optional('vendor', error?.vendorStatus && `answered ${error.vendorStatus}`),
  ...optional('request', error?.vendorRequestId && printable(error.vendorRequestId)),
  ...(error?.fields ?? []).map(
    ({ field, problem }): Row => ['field', printable(`${field}: ${problem}`)],
  ),
  ...warnings.map((warning): Row => ['warning', printable(warning)]),
  ...optional('result', result && `${describeResult(result)}: npx sluice result ${id}`),
];

const orderRows = (job: JobView): Row[] => [
  ['params', describeParams(job)],
  ...optional('mode', job.mode === 'observe' && 'observe: changes nothing'),
  ...optional('priority', job.priority === 'urgent' && 'urgent'),
  ['tenant', job.tenant],
  ...optional('key', job.idempotencyKey && printable(job.idempotencyKey)),
  ...optional('correlates', job.correlationId && printable(job.correlationId)),
  ['attempts', job.run > 1 ? `${job.attempts}, in run ${job.run}` : String(job.attempts)],
];

const describeParams = ({ params, paramsBytes }: JobView): string =>
  paramsBytes === undefined
    ? printable(stringifyJson(params))
    : `${paramsBytes} bytes, kept beside the job`;

const timeRows = (job: JobView, nowMs: number): Row[] => [
  ['waited', describeSpan(job.waitedMs)],
  ['created', describeDistance(job.createdAt, nowMs)],
  ...optional('not before', job.notBefore && describeDistance(job.notBefore, nowMs)),
  job.finishedAt === undefined
    ? ['deadline', describeDistance(job.deadline, nowMs)]
    : ['finished', describeDistance(job.finishedAt, nowMs)],
];

const describeResult = (result: NonNullable<JobView['result']>): string =>
  result.kind === 'inline' ? 'JSON' : `${result.rows} rows`;

const optional = (label: string, text: string | number | false | undefined): Row[] =>
  text === undefined || text === false || text === '' ? [] : [[label, String(text)]];
