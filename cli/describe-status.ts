/** The state of a job in words: what it is, what it waits for, how far it got. */
import type { JobSummaryView } from './api-views.ts';
import { describeAppointment } from './describe-time.ts';
import { type Printer, printable, type Style } from './printer.ts';

export type WaitingView = NonNullable<JobSummaryView['waiting']>;
type ProgressView = NonNullable<JobSummaryView['progress']>;

const styles: Partial<Record<JobSummaryView['status'], Style>> = {
  succeeded: 'green',
  running: 'cyan',
  waiting: 'yellow',
  partial: 'yellow',
  uncertain: 'red',
  failed: 'red',
  expired: 'red',
  rejected: 'red',
  cancelled: 'dim',
};

export function paintStatus({ paint }: Printer, status: JobSummaryView['status']): string {
  const style = styles[status];
  return style === undefined ? status : paint(style, status);
}

const reasons = {
  permit: (budget) => `a permit of ${budget}`,
  blocked: (budget) => `${budget}, which the vendor has blocked`,
  paused: (budget) => `${budget}, which is paused`,
  retry: () => 'its next try',
  turn: () => 'its turn',
  continue: () => 'its next part',
  'follow-up': () => 'what the vendor is doing',
} as const satisfies Record<WaitingView['for'], (budget: string) => string>;

/** `a permit of automox/acme/servers.batch`. */
export const describeReason = ({ for: reason, budget }: Pick<WaitingView, 'for' | 'budget'>) =>
  reasons[reason](budget ?? 'its budget');

/** `a permit of automox/acme/servers.batch until 02:00:00Z (in 38 s)`. */
export const describeWaiting = (waiting: WaitingView, nowMs: number): string =>
  `${describeReason(waiting)} until ${describeAppointment(waiting.until, nowMs)}`;

export const describeProgress = ({ done, total, unit }: ProgressView): string =>
  total === undefined ? `${done} ${unit}` : `${done} of ${total} ${unit}`;

/** What is worth knowing beside the status, in one line. */
export function describeDetail(job: JobSummaryView, nowMs: number): string {
  const parts = [
    ...(job.waiting ? [`for ${describeWaiting(job.waiting, nowMs)}`] : []),
    ...(job.progress ? [describeProgress(job.progress)] : []),
    ...(job.priority === 'urgent' ? ['urgent'] : []),
    ...(job.error ? [printable(`${job.error.code}: ${job.error.message}`)] : []),
  ];
  return parts.join(' · ');
}
