/**
 * Decides whether a vendor call may start now.
 *
 * Guarantees: no window of a strict budget holds more than `requests` calls, counted at the vendor,
 * across all workers, retries and crashes; a permit covers every budget the call falls under.
 * Refuses to: sleep. A denial says when to come back; the queue does the waiting.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { changeBudget, readBudget } from './compare-and-set.ts';
import { reserveNominal } from './pointer.ts';
import { BLOCK_MAX_MS, CLOCK_ALLOWANCE_MS, GRANT_TO_SEND_MAX_MS } from './timings.ts';
import { decideWindow, settleWindow, type WaitReason, withBlock } from './window.ts';

/** The right to send one request, once, between `sendAtMs` and `notAfterMs`. */
export interface Permit {
  readonly token: string;
  readonly budgets: readonly Budget[];
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
  acquire(request: PermitRequest): Promise<Acquisition>;
  /** Never throws for a lost race: an unsettled permit keeps its pessimistic bound, which is safe. */
  settle(permit: Permit, settlement: Settlement): Promise<void>;
  /** The vendor refused: nobody sends under `budget` for `durationMs`. Answers the instant. */
  block(budget: Budget, durationMs: number): Promise<number>;
  /** The vendor's headers name a lower limit than ours. */
  learn(budget: Budget, requests: number): Promise<void>;
  pause(budget: Budget): Promise<void>;
  resume(budget: Budget): Promise<void>;
  read(budget: Budget): Promise<BudgetState>;
}

export interface LimiterDeps {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly random: Random;
}

export function createLimiter(deps: LimiterDeps): Limiter {
  const { store, clock } = deps;
  return {
    acquire: (request) => acquire(deps, request),
    settle: (permit, settlement) => settle(deps, permit, settlement),
    async block(budget, durationMs) {
      const untilMs = clock.nowMs() + Math.min(durationMs, BLOCK_MAX_MS) + CLOCK_ALLOWANCE_MS;
      await changeBudget(store, budget.id, (state) => ({
        ...withBlock(state, untilMs),
        throttledCount: state.throttledCount + 1,
      }));
      return untilMs;
    },
    async learn(budget, requests) {
      await changeBudget(store, budget.id, (state) =>
        state.learnedRequests === requests ? undefined : { ...state, learnedRequests: requests },
      );
    },
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

/** Scarce budgets first: their denial is the likely one and must not have spent anything else. */
async function acquire(deps: LimiterDeps, request: PermitRequest): Promise<Acquisition> {
  const grantedAtMs = deps.clock.nowMs();
  const permit = { token: request.token, notAfterMs: grantedAtMs + GRANT_TO_SEND_MAX_MS };
  const taken: Budget[] = [];
  let sendAtMs = grantedAtMs;
  for (const budget of strictFirst(request.budgets)) {
    const answer =
      budget.mode === 'strict'
        ? await acquireStrict(deps, budget, request)
        : await reserveNominal(deps, budget);
    if (!answer.granted) {
      const unused = { ...permit, sendAtMs, budgets: taken };
      await settle(deps, unused, { kind: 'unsent' });
      return { ...answer, budgetId: budget.id };
    }
    taken.push(budget);
    sendAtMs = Math.max(sendAtMs, answer.sendAtMs);
  }
  return { granted: true, permit: { ...permit, sendAtMs, budgets: taken } };
}

type BudgetAnswer =
  | { readonly granted: true; readonly sendAtMs: number }
  | { readonly granted: false; readonly reason: WaitReason; readonly retryAtMs: number };

/** Lost races before the asker is sent away for a moment; each is one conditional write. */
const RACES_MAX = 12;

async function acquireStrict(
  { store, clock, random }: LimiterDeps,
  budget: Budget,
  request: PermitRequest,
): Promise<BudgetAnswer> {
  let state = await readBudget(store, budget.id);
  for (let race = 0; race < RACES_MAX; race += 1) {
    const nowMs = clock.nowMs();
    const decision = decideWindow(budget, state, { ...request, nowMs });
    const answer: BudgetAnswer = decision.granted ? { granted: true, sendAtMs: nowMs } : decision;
    if (!decision.next) return answer;
    const written = await store.replace(budget.id, decision.next, state.version);
    if (written.stored) return answer;
    state = written.current;
  }
  return { granted: false, reason: 'contended', retryAtMs: clock.nowMs() + 200 + random() * 800 };
}

async function settle(
  { store, clock }: LimiterDeps,
  permit: Permit,
  settlement: Settlement,
): Promise<void> {
  for (const budget of permit.budgets.filter(({ mode }) => mode === 'strict')) {
    await changeBudget(store, budget.id, (state) =>
      settleWindow(budget, state, {
        token: permit.token,
        nowMs: clock.nowMs(),
        ...(settlement.kind === 'counted' ? { boundAtMs: settlement.boundAtMs } : {}),
      }),
    );
  }
}

const strictFirst = (budgets: readonly Budget[]): readonly Budget[] => [
  ...budgets.filter(({ mode }) => mode === 'strict').sort(scarcerFirst),
  ...budgets.filter(({ mode }) => mode === 'nominal'),
];

const scarcerFirst = (a: Budget, b: Budget): number =>
  a.requests / a.windowMs - b.requests / b.windowMs;
