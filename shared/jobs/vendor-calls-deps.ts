import type { Clock } from '../kernel/clock.ts';
import type { Limiter } from '../limiter/limiter.ts';
import type { Delivery } from './delivery.ts';
import type { VendorAccount } from './vendor-account.ts';

/** What a delivery needs to call its vendor. */
export interface VendorCallsDeps {
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly vendor: VendorAccount;
  readonly delivery: Delivery;
  /** Milliseconds until the function is killed. */
  readonly remainingMs: () => number;
  /** How long the delivery may still wait in place, all of its waits together. */
  readonly patienceMs: number;
  /**
   * Has the message come back soon should this worker die from now on. Asked before each call; does
   * its work once, and never throws.
   */
  readonly expectDeath: () => Promise<void>;
}
