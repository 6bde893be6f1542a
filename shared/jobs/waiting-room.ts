/**
 * Waits for a permit: in place while that is short, else at the queue. The whole of a delivery waits
 * in place for at most `WAIT_IN_PLACE_MAX_MS`; Lambda is not a place to sleep.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Budget } from '../limiter/budget.ts';
import type { Limiter, Permit } from '../limiter/limiter.ts';
import type { Delivery } from './delivery.ts';
import { DeliveryEnd } from './delivery-end.ts';

export const WAIT_IN_PLACE_MAX_MS = 2_000;

export interface WaitingRoom {
  /** Throws DeliveryEnd with the appointment where the wait is long. */
  waitForPermit(budgets: readonly Budget[], token: string): Promise<Permit>;
  /**
   * How far off the instant of the last permit is, by the steady clock: a wall clock that is set back
   * meanwhile makes nobody wait longer than was allowed when the permit was taken.
   */
  untilSlotMs(): number;
}

export function createWaitingRoom(deps: {
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly patienceMs: number;
}): WaitingRoom {
  const { limiter, clock, delivery } = deps;
  let { patienceMs } = deps;
  let slotMonotonicMs = 0;
  return {
    untilSlotMs: () => slotMonotonicMs - clock.monotonicMs(),
    async waitForPermit(budgets, token) {
      const { group, priority } = delivery.job;
      for (;;) {
        const request = { budgets, token, group, urgent: priority === 'urgent', patienceMs };
        const answer = await limiter.acquire(request);
        const nowMs = clock.nowMs();
        if (answer.granted) {
          const { permit } = answer;
          const slotInMs = Math.max(0, permit.sendAtMs - nowMs);
          if (slotInMs > patienceMs) {
            await limiter.settle(permit, { kind: 'unsent' });
            throw new DeliveryEnd({ kind: 'waiting', for: 'permit', untilMs: permit.sendAtMs });
          }
          patienceMs -= slotInMs;
          slotMonotonicMs = clock.monotonicMs() + slotInMs;
          return permit;
        }
        const waitMs = Math.max(1, answer.retryAtMs - nowMs);
        if (waitMs > patienceMs) {
          const waitsFor = answer.reason === 'contended' ? 'permit' : answer.reason;
          throw new DeliveryEnd({
            kind: 'waiting',
            for: waitsFor,
            budget: answer.budgetId,
            untilMs: answer.retryAtMs,
          });
        }
        patienceMs -= waitMs;
        await clock.sleep(waitMs);
      }
    },
  };
}
