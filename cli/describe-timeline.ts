/** Entries of a job's timeline in words, one a line. */
import type { JobView } from './api-views.ts';
import { describeReason } from './describe-status.ts';
import { describeInstant, describeSpan } from './describe-time.ts';
import { printable } from './printer.ts';
import { alignColumns } from './table.ts';

export type TimelineView = JobView['timeline'][number];

const EVENT_COLUMNS = 'cancel-requested'.length;

export const describeTimeline = (entries: readonly TimelineView[], indent = ''): string[] =>
  alignColumns(
    entries.map((entry) => [
      describeInstant(entry.at),
      (entry.event === 'outcome' ? entry.status : entry.event).padEnd(EVENT_COLUMNS),
      printable(describeEntry(entry)),
    ]),
    indent,
  );

function describeEntry(entry: TimelineView): string {
  switch (entry.event) {
    case 'received':
      return `by ${entry.way}${entry.detail === undefined ? '' : ` (${entry.detail})`}`;
    case 'waiting':
      return `for ${describeReason(entry)} until ${describeInstant(entry.until)}`;
    case 'call': {
      const answer = entry.status === undefined ? 'no answer' : `answered ${entry.status}`;
      const problem = entry.problem === undefined ? '' : ` ${entry.problem}`;
      const request = entry.requestId === undefined ? '' : `, request ${entry.requestId}`;
      const elapsed = describeSpan(entry.elapsedMs);
      return `${entry.operation} ${answer}${problem} after ${elapsed}${request}`;
    }
    case 'would-call':
    case 'found':
      return entry.operation;
    default:
      return '';
  }
}
