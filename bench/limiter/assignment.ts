/** What a worker process is told, and what it tells when it is done. */
import type { Budget } from '../../shared/limiter/budget.ts';

export interface Assignment {
  /** `decide`: asks and settles as fast as it may; `call`: sends requests under its permits. */
  readonly kind: 'decide' | 'call';
  readonly budget: Budget;
  readonly dynamodbUrl: string;
  /** For calls. */
  readonly vendorUrl: string;
  /** Between a decision and its settling: a half to one and a half of it. */
  readonly callMs: number;
  /** Workers in this process, each with a limiter of its own, as execution environments have. */
  readonly workers: number;
  readonly firstWorker: number;
  /** What happens before is not counted: a line forms, and workers find their pace. */
  readonly countedFromMs: number;
  readonly endsAtMs: number;
}

export interface Tally {
  readonly granted: number;
  readonly denied: number;
  /** Slots that had passed when their call was ready. */
  readonly missed: number;
}

/** What a process says once it is loaded. */
export const READY = 'ready';

export const addTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (all, one) => ({
      granted: all.granted + one.granted,
      denied: all.denied + one.denied,
      missed: all.missed + one.missed,
    }),
    { granted: 0, denied: 0, missed: 0 },
  );
