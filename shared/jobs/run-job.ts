/**
 * Runs one delivery of one job to its outcome, or to the instant at which it should be looked at again.
 *
 * Guarantees: never throws for anything a job, a vendor or a caller did; a job is parked for what it
 * did, never for waiting; the outcome is stored before it is announced, and announced before the
 * message is given up.
 */
import * as z from 'zod';
import { fieldProblems } from '../errors/field-problems.ts';
import { SluiceError, toSluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import { randomId } from '../kernel/ids.ts';
import type { Json } from '../kernel/json.ts';
import type { Random } from '../kernel/random.ts';
import type { ClockWatch } from '../limiter/clock-watch.ts';
import type { Limiter } from '../limiter/limiter.ts';
import { awaitRow, type ReceivedMessage } from './await-row.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { DeliveryEnd, type DeliveryEndReason } from './delivery-end.ts';
import {
  cancelledEnding,
  describeError,
  type Ending,
  expiredEnding,
  finished,
} from './finish-job.ts';
import { isFollowingUp, type Job } from './job.ts';
import { createJobContext } from './job-context.ts';
import { endingOf } from './job-ending.ts';
import type { JobStore } from './job-store.ts';
import type { JobCatalog, JobType } from './job-type.ts';
import { createKeptReads } from './kept-reads.ts';
import { takeParams } from './large-params.ts';
import { enterWaiting } from './ledger.ts';
import type { JobEventPublisher, OutcomeAnnouncer, ResultStore, SecretKeeper } from './ports.ts';
import { deferDelayMs, retryDelayMs, triesLeft } from './retry-policy.ts';
import { isFinished, isKnown } from './states.ts';
import type { VendorAccount } from './vendor-account.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';
import { forOtherVersion, mayBeOfOtherVersion } from './version-overlap.ts';
import { WAIT_IN_PLACE_MAX_MS } from './waiting-room.ts';

export interface RunJobDeps {
  readonly catalog: JobCatalog;
  readonly store: JobStore;
  readonly limiter: Limiter;
  readonly results: ResultStore;
  readonly announcer: OutcomeAnnouncer;
  readonly publisher: JobEventPublisher;
  readonly keeper: SecretKeeper;
  /** The webhook sources whose secrets jobs of that account may keep. */
  readonly managedSources: (account: string) => readonly string[];
  readonly clock: Clock;
  /** Told by the answers of `store`. */
  readonly watch: ClockWatch;
  readonly random: Random;
  /** The vendor side of an account of the config. Throws `job.unknown-account`. */
  readonly vendorOf: (account: string) => VendorAccount;
  /** Told of every failed try, with its cause: the row and the caller see less. */
  readonly onFailure?: (job: Job, error: SluiceError) => void;
}

type DeliverDeps = RunJobDeps & Pick<VendorCallsDeps, 'patienceMs' | 'expectDeath'>;

export type Delivered =
  | { readonly kind: 'done'; readonly job?: Job }
  | { readonly kind: 'later'; readonly untilMs: number; readonly job?: Job };

export async function runJob(
  deps: RunJobDeps,
  message: ReceivedMessage,
  remainingMs: () => number,
  expectDeath: VendorCallsDeps['expectDeath'] = async () => {},
): Promise<Delivered> {
  const { store, clock, announcer } = deps;
  const row = await awaitRow(deps, message);
  const nowMs = clock.nowMs();
  if (row.kind === 'not-yet') return { kind: 'later', untilMs: nowMs + seconds(2) };
  if (row.kind === 'never' || row.job.run !== message.run) return { kind: 'done' };
  const { job } = row;
  if (!isKnown(job.status)) return forOtherVersion(job, nowMs);
  if (isFinished(job.status)) {
    if (job.finishedBy === 'worker') await announcer.announce(job);
    return { kind: 'done', job };
  }
  if (job.lease && job.lease.untilMs > nowMs) {
    return { kind: 'later', untilMs: Math.min(job.lease.untilMs, nowMs + TURN_MAX_MS), job };
  }
  // When it is time the reconciler says so in the row, and sends another message. This one is a double.
  if (isFollowingUp(job)) return { kind: 'done', job };
  if (job.notBeforeMs !== undefined && job.notBeforeMs > nowMs) {
    return { kind: 'later', untilMs: job.notBeforeMs, job };
  }
  const lease = { owner: randomId('worker'), untilMs: nowMs + remainingMs() + seconds(1) };
  const delivery = createDelivery(store, clock, job, lease);
  try {
    const patienceMs = WAIT_IN_PLACE_MAX_MS - row.waitedMs;
    return await deliver({ ...deps, patienceMs, expectDeath }, delivery, remainingMs);
  } catch (error) {
    if (!(error instanceof DeliveryEnd)) throw error;
    return { kind: 'later', untilMs: clock.nowMs() + seconds(2), job };
  }
}

/** Another holder's lease is waited for at most this long at a time. */
const TURN_MAX_MS = seconds(30);

/**
 * The end is outside of what may fail and be tried again: where it is not stored or not announced the
 * message comes back, and the row still says which call was on its way.
 */
async function deliver(
  deps: DeliverDeps,
  delivery: Delivery,
  remainingMs: () => number,
): Promise<Delivered> {
  const { clock } = deps;
  const { cancelRequested, deadlineMs } = delivery.job;
  if (cancelRequested) return finish(deps, delivery, cancelledEnding);
  if (deadlineMs <= clock.nowMs()) return finish(deps, delivery, expiredEnding);
  let ending: Ending;
  try {
    ending = await execute(deps, delivery, remainingMs);
  } catch (error) {
    if (error instanceof DeliveryEnd) return endDelivery(deps, delivery, error.reason);
    return fail(deps, delivery, toSluiceError(error));
  }
  return finish(deps, delivery, ending);
}

async function execute(
  deps: DeliverDeps,
  delivery: Delivery,
  remainingMs: () => number,
): Promise<Ending> {
  const { job } = delivery;
  const type = deps.catalog.find(job.type);
  if (!type) throw new SluiceError('job.stale-input', `"${job.type}" is no longer a job type`);
  const params = parseStoredParams(type, await takeParams(deps.results, delivery));
  const vendor = deps.vendorOf(job.account);
  const reads = createKeptReads({ ...deps, delivery });
  const context = createJobContext({ ...deps, vendor, delivery, remainingMs, reads });
  try {
    const end = await type.execute(context, params);
    return await endingOf(end, delivery.job, deps.results);
  } catch (error) {
    if (isContinued(error)) await reads.keep();
    throw error;
  }
}

/** The step goes on where it was. What follows up on the vendor, or failed, reads anew. */
const isContinued = (error: unknown): boolean =>
  error instanceof DeliveryEnd &&
  error.reason.kind === 'waiting' &&
  error.reason.for !== 'follow-up';

/** The row may be older than the code: what no longer fits is parked with the reasons. */
function parseStoredParams(type: JobType, params: Json): unknown {
  const parsed = z.safeParse(type.params, params);
  if (parsed.success) return parsed.data;
  const fields = fieldProblems(parsed.error, 'params');
  throw new SluiceError('job.stale-input', 'the stored parameters no longer match the job type', {
    fields,
  });
}

async function endDelivery(
  deps: RunJobDeps,
  delivery: Delivery,
  reason: DeliveryEndReason,
): Promise<Delivered> {
  switch (reason.kind) {
    case 'waiting':
      return wait(deps, delivery, reason);
    case 'cancelled':
      return finish(deps, delivery, cancelledEnding);
    case 'expired':
      return finish(deps, delivery, expiredEnding);
    case 'superseded':
      return { kind: 'later', untilMs: deps.clock.nowMs() + seconds(2), job: delivery.job };
  }
}

async function wait(
  { clock }: RunJobDeps,
  delivery: Delivery,
  reason: Extract<DeliveryEndReason, { kind: 'waiting' }>,
): Promise<Delivered> {
  const nowMs = clock.nowMs();
  const { kind: _kind, ...waiting } = reason;
  const untilMs = Math.min(reason.untilMs, delivery.job.deadlineMs);
  delivery.change((job) => enterWaiting(job, { ...waiting, untilMs }, nowMs));
  await delivery.save();
  const { job } = delivery;
  return isFollowingUp(job) ? { kind: 'done', job } : { kind: 'later', untilMs, job };
}

async function fail(deps: RunJobDeps, delivery: Delivery, error: SluiceError): Promise<Delivered> {
  const nowMs = deps.clock.nowMs();
  deps.onFailure?.(delivery.job, error);
  if (!delivery.claimed && mayBeOfOtherVersion(delivery.job, error, nowMs)) {
    return forOtherVersion(delivery.job, nowMs);
  }
  switch (error.disposition) {
    case 'uncertain':
      return finish(deps, delivery, { status: 'uncertain', error: describeError(error) });
    case 'park':
    case 'answer':
      return finish(deps, delivery, { status: 'failed', error: describeError(error) });
    case 'defer': {
      const untilMs = nowMs + deferDelayMs(deps.random);
      delivery.change((job) => ({ ...job, error: describeError(error) }));
      return wait(deps, delivery, { kind: 'waiting', for: 'retry', untilMs });
    }
    case 'retry': {
      if (!triesLeft(delivery.job)) {
        return finish(deps, delivery, { status: 'failed', error: describeError(error) });
      }
      const untilMs = nowMs + retryDelayMs(delivery.job.failures, deps.random);
      delivery.change((job) => ({
        ...job,
        failures: job.failures + 1,
        error: describeError(error),
      }));
      return wait(deps, delivery, { kind: 'waiting', for: 'retry', untilMs });
    }
  }
}

async function finish(deps: RunJobDeps, delivery: Delivery, ending: Ending): Promise<Delivered> {
  const nowMs = deps.clock.nowMs();
  delivery.change((job) => ({ ...finished(job, ending, nowMs), finishedBy: 'worker' as const }));
  await delivery.save();
  await deps.announcer.announce(delivery.job);
  return { kind: 'done', job: delivery.job };
}
