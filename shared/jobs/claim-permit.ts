/** The steps before a call is sent: time left, credential, permit, ledger, one last look at the row. */
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import { randomId } from '../kernel/ids.ts';
import type { Permit } from '../limiter/limiter.ts';
import { CALL_TIMEOUT_MS } from '../limiter/timings.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryEnd } from './delivery-end.ts';
import { enterLedger, refundAttempt } from './ledger.ts';
import type { OperationCall } from './operation.ts';
import type { VendorCallsDeps } from './vendor-calls-deps.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** A call is begun only if it can end, and its outcome be written, before the function is killed. */
const CALL_TIME_NEEDED_MS = CALL_TIMEOUT_MS + seconds(4);

/** Permit first, then ledger: a ledger entry without a permit would look like a call that was sent. */
export async function claimPermit(
  deps: VendorCallsDeps,
  room: WaitingRoom,
  call: OperationCall,
): Promise<Permit> {
  const { delivery, limiter, clock } = deps;
  if (deps.remainingMs() < CALL_TIME_NEEDED_MS) {
    throw new DeliveryEnd({ kind: 'waiting', for: 'continue', untilMs: clock.nowMs() });
  }
  const permit = await room.waitForPermit(deps.vendor.budgetsOf(call.operation), randomId('p'));
  const claimedAtMs = clock.nowMs();
  delivery.change((job) => enterLedger(job, call, claimedAtMs));
  try {
    const hidden = deps.expectDeath();
    // Awaited whatever the row's write says: how long the delivery's end hides the message must stand.
    await delivery.save().finally(() => hidden);
    assertGoesOn(delivery, clock);
  } catch (error) {
    await limiter.settle(permit, { kind: 'unsent' });
    // The entry may be stored, its answer lost; nothing was sent all the same.
    delivery.change((job) => refundAttempt(job, call));
    throw error;
  }
  return permit;
}

/** The last look at the row before a call: a cancel or a passed deadline stops the job here. */
function assertGoesOn(delivery: Delivery, clock: Clock): void {
  const { cancelRequested, deadlineMs } = delivery.job;
  const kind = cancelRequested ? 'cancelled' : deadlineMs <= clock.nowMs() ? 'expired' : undefined;
  if (kind !== undefined) throw new DeliveryEnd({ kind });
}
