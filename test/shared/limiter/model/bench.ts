/** A limiter on a virtual clock over a memory store, with short ways to ask it. */
import { seededRandom } from '../../../../shared/kernel/random.ts';
import type { Budget } from '../../../../shared/limiter/budget.ts';
import type { BudgetStore } from '../../../../shared/limiter/budget-store.ts';
import {
  type Acquisition,
  createLimiter,
  type Limiter,
  type Permit,
  type PermitRequest,
} from '../../../../shared/limiter/limiter.ts';
import { createMemoryBudgetStore } from '../../../support/memory/memory-budget-store.ts';
import { createVirtualClock, type VirtualClock } from '../../../support/virtual-clock.ts';

export interface Bench {
  readonly clock: VirtualClock;
  readonly store: BudgetStore;
  readonly limiter: Limiter;
  /** Asks for the head of `group`; a new token each time unless one is given. */
  ask(group: string, request?: Partial<PermitRequest>): Promise<Acquisition>;
  /** Asks and expects a permit. Throws on a denial. */
  take(group: string, request?: Partial<PermitRequest>): Promise<Permit>;
  /** Asks and expects a denial; answers after how many milliseconds to ask again. */
  waitOf(group: string, request?: Partial<PermitRequest>): Promise<number>;
  /** The call of `permit` is answered now. */
  answered(permit: Permit): Promise<void>;
}

export function createBench(budget: Budget, wrapStore = (store: BudgetStore) => store): Bench {
  const clock = createVirtualClock();
  const store = wrapStore(createMemoryBudgetStore());
  const limiter = createLimiter({ store, clock, random: seededRandom(7) });
  let tokens = 0;
  const ask = (group: string, request: Partial<PermitRequest> = {}): Promise<Acquisition> =>
    limiter.acquire({
      budgets: [budget],
      token: `p_${++tokens}`,
      group,
      urgent: false,
      patienceMs: 2_000,
      ...request,
    });
  return {
    clock,
    store,
    limiter,
    ask,
    async take(group, request) {
      const answer = await ask(group, request);
      if (answer.granted) return answer.permit;
      throw new Error(`${group} is denied: ${answer.reason}`);
    },
    async waitOf(group, request) {
      const answer = await ask(group, request);
      if (answer.granted) throw new Error(`${group} was given a permit`);
      return answer.retryAtMs - clock.nowMs();
    },
    answered: (permit) => limiter.settle(permit, { kind: 'counted', boundAtMs: clock.nowMs() }),
  };
}
