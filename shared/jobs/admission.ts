/**
 * Lets a job into its lane, or says when there will be room.
 *
 * Guarantees: no lane is filled beyond what SQS looks through for message groups, nor beyond what the
 * budget of the job's own line gets through in the longest life of a job; a job that is there already
 * is not refused. The count is of the whole lane, so a line whose lane is full of another account's
 * jobs is refused early, never late.
 */
import { backlogMax } from '../config/lane-capacity.ts';
import { LaneFull } from '../errors/lane-full.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { hours, seconds } from '../kernel/duration.ts';
import { type Budget, budgetId } from '../limiter/budget.ts';
import type { Backlog } from './backlog.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { budgetOfGroup } from './message-group.ts';

export interface AdmissionDeps {
  readonly backlog: Backlog;
  /** Every budget of every account of the config. */
  readonly budgets: readonly Budget[];
  readonly store: Pick<JobStore, 'find'>;
  readonly clock: Clock;
}

type Admit = (job: Job) => Promise<void>;

/** Throws `LaneFull`. */
export function createAdmission({ backlog, budgets, store, clock }: AdmissionDeps): Admit {
  const budgetById = new Map(budgets.map((budget) => [budget.id, budget]));
  return async (job) => {
    const { provider: lane = '', account, group } = job;
    const id = budgetId(lane, account, budgetOfGroup(group));
    const budget = budgetById.get(id);
    if (!budget) throw new SluiceError('internal.unexpected', `there is no budget ${id}`);
    const waiting = (await backlog.count(lane)) ?? 0;
    const waitingMax = backlogMax(budget);
    if (waiting < waitingMax) return backlog.add(lane);
    if (await store.find(job.id)) return;
    const perJobMs = budget.windowMs / budget.requests;
    const roomInMs = (waiting - waitingMax + 1) * perJobMs;
    throw new LaneFull({
      lane,
      waiting,
      waitingMax,
      retryAfterMs: Math.min(Math.max(roomInMs, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS),
      etaMs: Math.ceil(clock.nowMs() + waiting * perJobMs),
    });
  };
}

/** The count is a few seconds old, and other senders take the room too. */
const RETRY_AFTER_MIN_MS = seconds(30);
/** Jobs may be cancelled meanwhile: nobody should stay away for days. */
const RETRY_AFTER_MAX_MS = hours(1);
