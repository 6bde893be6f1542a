import type { Waiting } from './job.ts';

/** Why a delivery ends before its job's function does. */
export type DeliveryEndReason =
  | {
      readonly kind: 'waiting';
      readonly for: Waiting['for'];
      readonly budget?: string;
      readonly untilMs: number;
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'expired' }
  /** Another worker or another run has the job now: nothing more is this worker's business. */
  | { readonly kind: 'superseded' };

/**
 * Unwinds a job's function when its delivery ends early. Not a failure: the job goes on at the next
 * delivery, or was ended from outside. Job functions must let it pass.
 */
export class DeliveryEnd extends Error {
  override readonly name = 'DeliveryEnd';
  readonly reason: DeliveryEndReason;

  constructor(reason: DeliveryEndReason) {
    super(`the delivery ends: ${reason.kind}`);
    this.reason = reason;
  }
}
