/**
 * Sends a job's vendor calls: ledger, permit, deadline, exactly one request, settle, classify.
 *
 * Guarantees: every request on the wire holds a permit of each budget it falls under; a call that may
 * not be repeated is in the ledger before it is sent, so after a crash its fate is known to be unknown;
 * nobody waits here for more than two seconds in all.
 */
import { ProviderError } from '../errors/provider-error.ts';
import type { AnsweredResult } from '../http/vendor-client.ts';
import type { Clock } from '../kernel/clock.ts';
import { UNSETTLED_BOUND_MS } from '../limiter/timings.ts';
import { claimPermit } from './claim-permit.ts';
import { DeliveryEnd } from './delivery-end.ts';
import type { InFlightCall } from './job.ts';
import type { VendorAnswer } from './job-type.ts';
import type { KeptReads } from './kept-reads.ts';
import { isInFlight, isSentAgain, leaveLedger, recordCall } from './ledger.ts';
import type { OperationCall } from './operation.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';
import { answerFrom, withRepeatRule } from './vendor-outcomes.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';
import { sendOnce, settleAndRecord, stopBudget } from './wire-call.ts';

export interface VendorCalls {
  call(call: OperationCall, look?: () => Promise<boolean>): Promise<VendorAnswer>;
}

export function createVendorCalls(deps: VendorCallsDeps, reads: KeptReads): VendorCalls {
  const room = createWaitingRoom(deps);
  return {
    async call(call, look) {
      if (call.operation.repeat === 'safe') {
        return reads.recall(call, () => send(deps, room, call));
      }
      if (deps.delivery.job.mode === 'observe') {
        const at = deps.clock.nowMs();
        deps.delivery.change((job) => recordCall(job, { event: 'would-call', call, at }));
        return { from: 'observed', status: 0, body: null };
      }
      const answer: VendorAnswer = (await foundDone(deps, call, look))
        ? { from: 'found', status: 0, body: null }
        : await send(deps, room, call);
      reads.forget();
      return answer;
    },
  };
}

/**
 * True where an earlier sending, whose answer was never recorded, is known to have taken effect.
 * Throws where nobody can know.
 */
async function foundDone(
  { delivery, clock }: VendorCallsDeps,
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
  assertLanded(pending, clock);
  const happened = await look();
  const at = clock.nowMs();
  delivery.change((job) => {
    const settled = leaveLedger(job, call);
    return happened ? recordCall(settled, { event: 'found', call, at }) : settled;
  });
  return happened;
}

/**
 * A request without an answer may still be on its way, and a look that is too early would not see what
 * it is about to do. What bounds its count for the limiter bounds its effect as well.
 */
function assertLanded({ sentAtMs }: InFlightCall, clock: Clock): void {
  const landedAtMs = sentAtMs + UNSETTLED_BOUND_MS;
  if (clock.nowMs() >= landedAtMs) return;
  throw new DeliveryEnd({ kind: 'waiting', for: 'retry', untilMs: landedAtMs });
}

async function send(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
): Promise<VendorAnswer> {
  let refreshed = false;
  for (;;) {
    await deps.vendor.prepare((exchange) => wireCall(deps, room, exchange));
    const answer = await wireCall(deps, room, call);
    const error = deps.vendor.findError(call, answer);
    const sentAgain = isSentAgain(deps.delivery.job, call);
    const gone = sentAgain && error?.code === 'provider.not-found';
    const ruled = error && withRepeatRule(call, error);
    // What says nothing of the sending before leaves that one in doubt.
    const settled = !ruled || gone || (ruled.settled && !sentAgain);
    if (settled) deps.delivery.change((job) => leaveLedger(job, call));
    if (gone) return { from: 'found', status: answer.status, body: null };
    if (!ruled) return answerFrom(call, answer, deps.delivery);
    const refused = deps.vendor.isRefusal(answer.status);
    if (!refused || refreshed || !(await deps.vendor.refreshCredential())) throw ruled.error;
    refreshed = true;
  }
}

/** One call under its own permit; a 429 ends the delivery. */
async function wireCall(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
): Promise<AnsweredResult> {
  const permit = await claimPermit(deps, room, call);
  const sent = await sendOnce(deps, room, call, permit);
  const answer = await settleAndRecord(deps, call, sent);
  return answer.status === 429 ? stopBudget(deps, call, answer) : answer;
}
