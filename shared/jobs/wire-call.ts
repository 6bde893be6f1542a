/** One call on the wire under its permit, and what its answer teaches of the budgets. */
import { SluiceError } from '../errors/sluice-error.ts';
import type { AnsweredResult, VendorResult } from '../http/vendor-client.ts';
import type { Clock } from '../kernel/clock.ts';
import { randomId } from '../kernel/ids.ts';
import type { Limiter, Permit } from '../limiter/limiter.ts';
import { FLIGHT_ALLOWANCE_MS, SLOT_LEAD_MAX_MS } from '../limiter/timings.ts';
import { DeliveryEnd } from './delivery-end.ts';
import { leaveLedger, recordCall, refundAttempt } from './ledger.ts';
import type { OperationCall } from './operation.ts';
import { unlessStoreFails } from './unless-store-fails.ts';
import type { TaughtLimit } from './vendor-account.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';
import { staysInDoubt, unansweredError } from './vendor-outcomes.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface Sent {
  /** Under which the request went: another than was claimed, where that one's slot had passed. */
  readonly permit: Permit;
  readonly result: VendorResult;
}

/** Slots that may pass, one after the other, while the request is ready: this process stands still. */
const SLOTS_MISSED_MAX = 3;

/**
 * One request, inside the permit's instants on both clocks: a process may have been frozen meanwhile.
 * Connects ahead of the permit's instant, so that the write is what happens at it.
 */
export async function sendOnce(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
  claimed: Permit,
): Promise<Sent> {
  const { vendor, clock, limiter, delivery } = deps;
  let permit = claimed;
  let hasLapsed = watch(clock, permit);
  const neededMs = clock.nowMs() - permit.askedAtMs;
  await clock.sleep(room.untilSlotMs() - SLOT_LEAD_MAX_MS);
  const openedAtMs = clock.nowMs();
  const whenConnected = async (): Promise<void> => {
    limiter.becameReady(permit, neededMs + clock.nowMs() - openedAtMs);
    await clock.sleep(room.untilSlotMs());
    for (let missed = 1; hasLapsed() && isSlot(permit) && missed <= SLOTS_MISSED_MAX; missed += 1) {
      await limiter.settle(permit, { kind: 'unsent' });
      permit = await room.waitForPermit(vendor.budgetsOf(call.operation), randomId('p'));
      limiter.becameReady(permit, clock.nowMs() - permit.askedAtMs);
      hasLapsed = watch(clock, permit);
      await clock.sleep(room.untilSlotMs());
    }
  };
  const beforeSend = (): void => {
    if (hasLapsed()) throw new PermitLapsed();
  };
  try {
    const result = await vendor.send(call, { whenConnected, beforeSend });
    return { permit, result };
  } catch (error) {
    await limiter.settle(permit, { kind: 'unsent' });
    delivery.change((job) => refundAttempt(job, call));
    if (!(error instanceof PermitLapsed)) throw error;
    throw new DeliveryEnd({ kind: 'waiting', for: 'permit', untilMs: clock.nowMs() });
  }
}

function watch(clock: Clock, permit: Permit): () => boolean {
  const grantedForMs = permit.notAfterMs - clock.nowMs();
  const fromMs = clock.monotonicMs();
  return () => clock.nowMs() > permit.notAfterMs || clock.monotonicMs() - fromMs > grantedForMs;
}

/** It ran out because its slot has passed, not because a worker was frozen for seconds. */
const isSlot = ({ budgets }: Permit): boolean => budgets.some(({ mode }) => mode === 'nominal');

class PermitLapsed extends Error {
  override readonly name = 'PermitLapsed';
}

/** Tightens the permit's bound and writes the call into the timeline. Throws where no answer came. */
export async function settleAndRecord(
  deps: VendorCallsDeps,
  call: OperationCall,
  { permit, result }: Sent,
): Promise<AnsweredResult> {
  const { delivery, limiter, clock, vendor } = deps;
  const at = clock.nowMs();
  delivery.change((job) => recordCall(job, { event: 'call', call, result, at }));
  if (result.kind === 'unsent') {
    await limiter.settle(permit, { kind: 'unsent' });
    delivery.change((job) => refundAttempt(job, call));
    throw result.error;
  }
  const boundAtMs =
    result.kind === 'answered' ? result.answeredAtMs : result.boundAtMs + FLIGHT_ALLOWANCE_MS;
  await limiter.settle(permit, { kind: 'counted', boundAtMs });
  if (result.kind === 'unanswered') {
    if (!staysInDoubt(call)) delivery.change((job) => leaveLedger(job, call));
    throw unansweredError(call, result.error);
  }
  const taught = vendor.findTaughtLimit(call, result);
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

/** A 429 is nobody's attempt: the budget stops for all, and the job goes back to the queue. */
export async function stopBudget(
  { vendor, limiter, delivery, clock }: VendorCallsDeps,
  call: OperationCall,
  answer: AnsweredResult,
): Promise<never> {
  const [budget] = vendor.budgetsOf(call.operation);
  if (!budget) throw new SluiceError('internal.unexpected', `${call.operation.id} has no budget`);
  delivery.change((job) => refundAttempt(job, call));
  const waitMs = vendor.throttledMs(call, answer);
  const untilMs = await unlessStoreFails(limiter.block(budget, waitMs), clock.nowMs() + waitMs);
  throw new DeliveryEnd({ kind: 'waiting', for: 'blocked', budget: budget.id, untilMs });
}
