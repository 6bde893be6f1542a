/**
 * How late deferred messages come back, from the timelines of their jobs.
 *
 * A worker hides a message for the whole seconds until its appointment, and an early one waits out
 * the rest in place. So the message is visible again at `hiddenUntilMs`, and the call begins at the
 * appointment at the earliest: the lag is between `lateMs` (call after appointment) and `atMostMs`
 * (call after visibility). Both hold one write of the row and one of the budget.
 */
import type { JobView } from '../../shared/jobs/describe-job.ts';

export interface WakeUp {
  readonly jobId: string;
  readonly lateMs: number;
  readonly atMostMs: number;
}

const instant = (text: string): number => Date.parse(text);

/** One for each wait for a permit that a call of the same job followed. */
export const wakeUpsOf = (jobs: readonly JobView[]): readonly WakeUp[] =>
  jobs.flatMap(({ id, timeline }) =>
    timeline.flatMap((entry, at) => {
      const next = timeline
        .slice(at + 1)
        .find(({ event }) => event === 'waiting' || event === 'call');
      if (entry.event !== 'waiting' || next?.event !== 'call') return [];
      const [hiddenAtMs, appointmentMs] = [instant(entry.at), instant(entry.until)];
      const hiddenUntilMs = hiddenAtMs + Math.floor((appointmentMs - hiddenAtMs) / 1000) * 1000;
      const calledAtMs = instant(next.at) - next.elapsedMs;
      const lateMs = Math.max(0, calledAtMs - appointmentMs);
      return [{ jobId: id, lateMs, atMostMs: Math.max(0, calledAtMs - hiddenUntilMs) }];
    }),
  );
