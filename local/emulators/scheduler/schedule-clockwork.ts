/**
 * Runs schedules when they are due.
 *
 * Guarantees: a run is started once, never before its time; runs missed while the process slept
 * become one. A schedule that was replaced or removed runs no more.
 */
import type { Deliver } from '../endpoint/deliver.ts';
import type { Timers } from '../sqs/timers.ts';
import { type FailedRun, invokeTarget } from './invoke-target.ts';
import type { ScheduleRecord } from './schedule-record.ts';

export interface Clockwork {
  /** Sets the timer of `record`, in place of an earlier one of the same ARN. */
  wind(record: ScheduleRecord): void;
  stop(arn: string): void;
  stopAll(): void;
}

export interface ClockworkOptions {
  readonly timers: Timers;
  readonly deliver: Deliver;
  readonly onDeliveryFailure: (run: FailedRun) => void;
  /** The schedule has had its last run and asked to be deleted then. */
  readonly onDone: (record: ScheduleRecord) => void;
}

export function createClockwork(options: ClockworkOptions): Clockwork {
  const { timers } = options;
  const cancelRun = new Map<string, () => void>();
  const retries = new Set<() => void>();
  const setRetry = (atMs: number, run: () => void): void => {
    const cancel = timers.setTimer(atMs, () => {
      retries.delete(cancel);
      run();
    });
    retries.add(cancel);
  };
  const stop = (arn: string): void => {
    cancelRun.get(arn)?.();
    cancelRun.delete(arn);
  };
  const windAfter = (record: ScheduleRecord, afterMs: number): void => {
    stop(record.arn);
    const dueAtMs = record.isEnabled ? findDueAtMs(record, afterMs) : undefined;
    if (dueAtMs === undefined) {
      if (record.isEnabled && record.isDeletedWhenDone) options.onDone(record);
      return;
    }
    const wake = (): void => {
      // A timer may wake early: Node's reach is 24.8 days.
      if (timers.nowMs() < dueAtMs) {
        setAlarm();
        return;
      }
      invokeTarget({ ...options, setTimer: setRetry }, record, dueAtMs);
      windAfter(record, timers.nowMs());
    };
    const setAlarm = (): void => {
      cancelRun.set(record.arn, timers.setTimer(dueAtMs, wake));
    };
    setAlarm();
  };
  return {
    wind: (record) => windAfter(record, timers.nowMs()),
    stop,
    stopAll: () => {
      for (const arn of [...cancelRun.keys()]) stop(arn);
      for (const cancel of retries) cancel();
      retries.clear();
    },
  };
}

/** Start and end bound recurring schedules only, as on AWS. */
function findDueAtMs(record: ScheduleRecord, afterMs: number): number | undefined {
  if (record.expression.kind === 'at') return record.expression.nextRunAtMs(afterMs);
  const fromMs = Math.max(afterMs, (record.startAtMs ?? 0) - 1);
  const dueAtMs = record.expression.nextRunAtMs(fromMs);
  const isOver = dueAtMs !== undefined && dueAtMs > (record.endAtMs ?? Number.POSITIVE_INFINITY);
  return isOver ? undefined : dueAtMs;
}
