/** One call on the wire under its permit, and what its answer teaches of the budgets. */
import { SluiceError } from '../errors/sluice-error.ts';
import type { AnsweredResult, VendorResult } from '../http/vendor-client.ts';
import type { Limiter, Permit } from '../limiter/limiter.ts';
import { FLIGHT_ALLOWANCE_MS } from '../limiter/timings.ts';
import { DeliveryEnd } from './delivery-end.ts';
import { leaveLedger, recordCall, refundAttempt } from './ledger.ts';
import type { OperationCall } from './operation.ts';
import { unlessStoreFails } from './unless-store-fails.ts';
import type { TaughtLimit } from './vendor-account.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';
import { unansweredError } from './vendor-outcomes.ts';

/** One request, inside the permit's instants on both clocks: a process may have been frozen meanwhile. */
export async function sendOnce(
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
    await limiter.settle(permit, { kind: 'unsent' });
    delivery.change((job) => refundAttempt(job, call));
    if (!(error instanceof PermitLapsed)) throw error;
    throw new DeliveryEnd({ kind: 'waiting', for: 'permit', untilMs: clock.nowMs() });
  }
}

class PermitLapsed extends Error {
  override readonly name = 'PermitLapsed';
}

/** Tightens the permit's bound and writes the call into the timeline. Throws where no answer came. */
export async function settleAndRecord(
  deps: VendorCallsDeps,
  call: OperationCall,
  permit: Permit,
  result: VendorResult,
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
    if (call.operation.repeat !== 'reconcile') delivery.change((job) => leaveLedger(job, call));
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
