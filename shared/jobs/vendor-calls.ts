/**
 * Sends a job's vendor calls: ledger, permit, deadline, exactly one request, settle, classify.
 *
 * Guarantees: every request on the wire holds a permit of each budget it falls under; a call that may
 * not be repeated is in the ledger before it is sent, so after a crash its fate is known to be unknown;
 * nobody waits here for more than two seconds in all.
 */
import { ProviderError } from '../errors/provider-error.ts';
import { SluiceError } from '../errors/sluice-error.ts';
import type { AnsweredResult, VendorResult } from '../http/vendor-client.ts';
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import { randomId } from '../kernel/ids.ts';
import type { Limiter, Permit, Settlement } from '../limiter/limiter.ts';
import { CALL_TIMEOUT_MS, FLIGHT_ALLOWANCE_MS } from '../limiter/timings.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryEnd } from './delivery-end.ts';
import type { VendorAnswer } from './job-type.ts';
import { enterLedger, isInFlight, leaveLedger, recordCall, refundAttempt } from './ledger.ts';
import type { OperationCall } from './operation.ts';
import { unlessStoreFails } from './unless-store-fails.ts';
import type { TaughtLimit, VendorAccount } from './vendor-account.ts';
import { answerFrom, unansweredError, withRepeatRule } from './vendor-outcomes.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

export interface VendorCallsDeps {
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly vendor: VendorAccount;
  readonly delivery: Delivery;
  /** Milliseconds until the function is killed. */
  readonly remainingMs: () => number;
}

export interface VendorCalls {
  call(call: OperationCall, look?: () => Promise<boolean>): Promise<VendorAnswer>;
}

/** A call is begun only if it can end, and its outcome be written, before the function is killed. */
const CALL_TIME_NEEDED_MS = CALL_TIMEOUT_MS + seconds(4);

export function createVendorCalls(deps: VendorCallsDeps): VendorCalls {
  const room = createWaitingRoom(deps);
  return {
    async call(call, look) {
      if (call.operation.method !== 'GET' && deps.delivery.job.mode === 'observe') {
        const at = deps.clock.nowMs();
        deps.delivery.change((job) => recordCall(job, { event: 'would-call', call, at }));
        return { from: 'observed', status: 0, body: null };
      }
      if (call.operation.repeat !== 'safe' && (await foundDone(deps, call, look))) {
        return { from: 'found', status: 0, body: null };
      }
      return send(deps, room, call);
    },
  };
}

/**
 * True where an earlier sending, whose answer was never recorded, is known to have taken effect.
 * Throws where nobody can know.
 */
async function foundDone(
  { delivery }: VendorCallsDeps,
  call: OperationCall,
  look: (() => Promise<boolean>) | undefined,
): Promise<boolean> {
  const pending = delivery.job.inFlight;
  if (!pending || pending.repeat === 'idempotent') return false;
  if (pending.repeat !== 'reconcile' || !isInFlight(delivery.job, call) || !look) {
    delivery.change((job) => leaveLedger(job, call));
    throw new ProviderError(
      'provider.no-answer',
      `${pending.operation} was sent and its answer never came: it may or may not have taken effect`,
    );
  }
  const happened = await look();
  delivery.change((job) => leaveLedger(job, call));
  return happened;
}

async function send(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
): Promise<VendorAnswer> {
  let refreshed = false;
  for (;;) {
    const permit = await claimPermit(deps, room, call);
    const result = await sendOnce(deps, call, permit);
    const answer = await settleAndRecord(deps, call, permit, result);
    if (answer.status === 429) await stopBudget(deps, call, answer);
    const error = deps.vendor.findError(call, answer);
    const ruled = error && withRepeatRule(call, error);
    if (!ruled || ruled.settled) deps.delivery.change((job) => leaveLedger(job, call));
    if (!ruled) return answerFrom(call, answer, deps.delivery);
    const refused = answer.status === 401 || answer.status === 403;
    if (!refused || refreshed || !(await deps.vendor.refreshCredential())) throw ruled.error;
    refreshed = true;
  }
}

/** Permit first, then ledger: a ledger entry without a permit would look like a call that was sent. */
async function claimPermit(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
): Promise<Permit> {
  const { delivery, limiter, clock } = deps;
  if (deps.remainingMs() < CALL_TIME_NEEDED_MS) {
    throw new DeliveryEnd({ kind: 'waiting', for: 'continue', untilMs: clock.nowMs() });
  }
  await deps.vendor.prepare();
  const permit = await room.waitForPermit(deps.vendor.budgetsOf(call.operation), randomId('p'));
  const claimedAtMs = clock.nowMs();
  delivery.change((job) => enterLedger(job, call, claimedAtMs));
  try {
    await delivery.save();
    assertGoesOn(delivery, clock, call);
  } catch (error) {
    await settle(limiter, permit);
    throw error;
  }
  return permit;
}

/** The last look at the row before a call: a cancel or a passed deadline stops the job here. */
function assertGoesOn(delivery: Delivery, clock: Clock, call: OperationCall): void {
  const { cancelRequested, deadlineMs } = delivery.job;
  const kind = cancelRequested ? 'cancelled' : deadlineMs <= clock.nowMs() ? 'expired' : undefined;
  if (kind === undefined) return;
  delivery.change((job) => refundAttempt(job, call));
  throw new DeliveryEnd({ kind });
}

/** One request, inside the permit's instants on both clocks: a process may have been frozen meanwhile. */
async function sendOnce(
  { vendor, clock, limiter, delivery }: VendorCallsDeps,
  call: OperationCall,
  permit: Permit,
): Promise<VendorResult> {
  const grantedForMs = permit.notAfterMs - clock.nowMs();
  const monotonicFromMs = clock.monotonicMs();
  await clock.sleep(permit.sendAtMs - clock.nowMs());
  const assertPermitHolds = (): void => {
    const passedMs = clock.monotonicMs() - monotonicFromMs;
    if (clock.nowMs() > permit.notAfterMs || passedMs > grantedForMs) throw new PermitLapsed();
  };
  try {
    return await vendor.send(call, assertPermitHolds);
  } catch (error) {
    await settle(limiter, permit);
    delivery.change((job) => refundAttempt(job, call));
    if (!(error instanceof PermitLapsed)) throw error;
    throw new DeliveryEnd({ kind: 'waiting', for: 'permit', untilMs: clock.nowMs() });
  }
}

class PermitLapsed extends Error {
  override readonly name = 'PermitLapsed';
}

/** Tightens the permit's bound and writes the call into the timeline. Throws where no answer came. */
async function settleAndRecord(
  deps: VendorCallsDeps,
  call: OperationCall,
  permit: Permit,
  result: VendorResult,
): Promise<AnsweredResult> {
  const { delivery, limiter, clock, vendor } = deps;
  const at = clock.nowMs();
  delivery.change((job) => recordCall(job, { event: 'call', call, result, at }));
  if (result.kind === 'unsent') {
    await settle(limiter, permit);
    delivery.change((job) => refundAttempt(job, call));
    throw result.error;
  }
  const boundAtMs =
    result.kind === 'answered' ? result.answeredAtMs : result.boundAtMs + FLIGHT_ALLOWANCE_MS;
  await settle(limiter, permit, { kind: 'counted', boundAtMs });
  if (result.kind === 'unanswered') {
    if (call.operation.repeat !== 'reconcile') delivery.change((job) => leaveLedger(job, call));
    throw unansweredError(call, result.error);
  }
  const taught = vendor.findTaughtLimit(result);
  if (taught) await unlessStoreFails(learn(limiter, taught), undefined);
  return result;
}

async function learn(
  limiter: Limiter,
  { budget, requests, exhaustedForMs }: TaughtLimit,
): Promise<void> {
  await limiter.learn(budget, requests);
  if (exhaustedForMs !== undefined) await limiter.block(budget, exhaustedForMs);
}

/** A permit that is not settled keeps its later bound: safe, and no reason to lose an answer. */
const settle = (
  limiter: Limiter,
  permit: Permit,
  settlement: Settlement = { kind: 'unsent' },
): Promise<void> => unlessStoreFails(limiter.settle(permit, settlement), undefined);

/** A 429 is nobody's attempt: the budget stops for all, and the job goes back to the queue. */
async function stopBudget(
  { vendor, limiter, delivery }: VendorCallsDeps,
  call: OperationCall,
  answer: AnsweredResult,
): Promise<never> {
  const [budget] = vendor.budgetsOf(call.operation);
  if (!budget) throw new SluiceError('internal.unexpected', `${call.operation.id} has no budget`);
  delivery.change((job) => refundAttempt(job, call));
  const untilMs = await limiter.block(budget, vendor.throttledMs(call, answer));
  throw new DeliveryEnd({ kind: 'waiting', for: 'blocked', budget: budget.id, untilMs });
}
