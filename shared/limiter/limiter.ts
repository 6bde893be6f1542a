/**
 * Decides whether a vendor call may start now.
 *
 * Guarantees: no window of a strict budget holds more than `requests` calls, counted at the vendor,
 * across all workers, retries and crashes; a permit covers every budget the call falls under.
 * Refuses to: sleep. A denial says when to come back; the queue does the waiting.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { acquire } from './acquire.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { type ClockWatch, trustingWatch } from './clock-watch.ts';
import { changeBudget, readBudget } from './compare-and-set.ts';
import { createLearnedLimits } from './learned-limits.ts';
import { settle } from './settle.ts';
import { createSlotMemory, type SlotMemory } from './slot-memory.ts';
import { BLOCK_MAX_MS, CLOCK_ALLOWANCE_MS } from './timings.ts';
import { type WaitReason, withBlock } from './window.ts';

/** The right to send one request, once, between `sendAtMs` and `notAfterMs`. */
export interface Permit {
  readonly token: string;
  readonly budgets: readonly Budget[];
  readonly askedAtMs: number;
  readonly sendAtMs: number;
  readonly notAfterMs: number;
}

export interface PermitRequest {
  /** Every budget the call falls under. */
  readonly budgets: readonly Budget[];
  readonly token: string;
  readonly group: string;
  readonly urgent: boolean;
  /** How long the asker would wait in place before it goes back to the queue. */
  readonly patienceMs: number;
}

export type Acquisition =
  | { readonly granted: true; readonly permit: Permit }
  | {
      readonly granted: false;
      readonly budgetId: string;
      readonly reason: WaitReason;
      readonly retryAtMs: number;
    };

/** What became of a permit's call. `boundAtMs`: the last instant the vendor can have counted it. */
export type Settlement =
  | { readonly kind: 'counted'; readonly boundAtMs: number }
  | { readonly kind: 'unsent' };

export interface Limiter {
  /**
   * Throws `store.unavailable` and `host.clock-off`; nothing is then granted, and what was taken is
   * given back.
   */
  acquire(request: PermitRequest): Promise<Acquisition>;
  /**
   * The call could be sent `afterMs` after its permit was asked for, waiting for its instant aside.
   * Later slots are chosen so that calls are ready for them.
   */
  becameReady(permit: Permit, afterMs: number): void;
  /**
   * Does not throw where the store does not answer or the clock is off: an unsettled permit keeps its
   * pessimistic bound, which is safe, and the call it was for is not undone by that.
   */
  settle(permit: Permit, settlement: Settlement): Promise<void>;
  /** The vendor refused: nobody sends under `budget` for `durationMs`. Answers the instant. */
  block(budget: Budget, durationMs: number): Promise<number>;
  /** The vendor's headers name this limit; one that is not below ours forgets a lower one. */
  learn(budget: Budget, requests: number): Promise<void>;
  pause(budget: Budget): Promise<void>;
  resume(budget: Budget): Promise<void>;
  read(budget: Budget): Promise<BudgetState>;
}

export interface LimiterDeps {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of each answer of the store's service. Default: the clock is believed. */
  readonly watch?: ClockWatch;
}

export function createLimiter(options: LimiterDeps): Limiter {
  const { store, clock } = options;
  const learned = createLearnedLimits(store, clock);
  const memories = new Map<string, SlotMemory>();
  const memoryOf = (budgetId: string): SlotMemory => {
    const memory = memories.get(budgetId) ?? createSlotMemory();
    memories.set(budgetId, memory);
    return memory;
  };
  const deps = { ...options, watch: options.watch ?? trustingWatch, memoryOf };
  return {
    acquire: (request) => acquire(deps, request),
    becameReady(permit, afterMs) {
      const nominal = permit.budgets.filter(({ mode }) => mode === 'nominal');
      for (const { id } of nominal) memoryOf(id).becameReady(afterMs);
    },
    settle: (permit, settlement) => settle(deps, permit, settlement),
    async block(budget, durationMs) {
      const untilMs = clock.nowMs() + Math.min(durationMs, BLOCK_MAX_MS) + CLOCK_ALLOWANCE_MS;
      await changeBudget(store, budget.id, (state) => ({
        ...withBlock(state, untilMs),
        throttledCount: state.throttledCount + 1,
      }));
      return untilMs;
    },
    learn: learned.learn,
    async pause(budget) {
      const pausedSinceMs = clock.nowMs();
      await changeBudget(store, budget.id, (state) =>
        state.pausedSinceMs === undefined ? { ...state, pausedSinceMs } : undefined,
      );
    },
    async resume(budget) {
      await changeBudget(store, budget.id, ({ pausedSinceMs, ...state }) =>
        pausedSinceMs === undefined ? undefined : state,
      );
    },
    read: (budget) => readBudget(store, budget.id),
  };
}
