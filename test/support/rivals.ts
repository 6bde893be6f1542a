/** Others who want the same permits: where they are many, a delivery gets one and waits for the next. */
import type { Clock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import type { Limiter } from '../../shared/limiter/limiter.ts';

export interface Contended {
  readonly limiter: Limiter;
  /** Another delivery begins. */
  nextDelivery(): void;
}

const NEXT_PERMIT_MS = seconds(10);

/** Gives each delivery one permit while `areThere`, and as many as `limiter` does otherwise. */
export function amongRivals(limiter: Limiter, clock: Clock, areThere: () => boolean): Contended {
  let given = false;
  return {
    nextDelivery() {
      given = false;
    },
    limiter: {
      ...limiter,
      async acquire(request) {
        const [budget] = request.budgets;
        if (given && budget && areThere()) {
          const retryAtMs = clock.nowMs() + NEXT_PERMIT_MS;
          return { granted: false, budgetId: budget.id, reason: 'permit', retryAtMs };
        }
        const answer = await limiter.acquire(request);
        given ||= answer.granted;
        return answer;
      },
    },
  };
}
