import type { Account } from '../../shared/config/account.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { isoInstant } from '../../shared/kernel/clock.ts';
import { type HttpRequest, jsonAnswer } from '../../shared/lambda/http.ts';
import type { Route } from '../../shared/lambda/http-behaviour.ts';
import type { Budget } from '../../shared/limiter/budget.ts';
import type { BudgetState } from '../../shared/limiter/budget-state.ts';
import type { Limiter } from '../../shared/limiter/limiter.ts';
import { countHeld, releasePassed, requestsAllowed } from '../../shared/limiter/window.ts';

export interface BudgetRoutesDeps {
  readonly accounts: Readonly<Record<string, Account>>;
  /** Every budget of every account of the config. */
  readonly budgets: readonly Budget[];
  readonly limiter: Limiter;
  readonly clock: Clock;
}

export function createBudgetRoutes(deps: BudgetRoutesDeps) {
  const { budgets, limiter, clock } = deps;
  const describe = async (budget: Budget) =>
    describeBudgetState(budget, await limiter.read(budget), clock.nowMs());
  const pause: Route = async (request) => {
    const budget = requireBudget(budgets, request);
    await limiter.pause(budget);
    return jsonAnswer(200, await describe(budget));
  };
  const resume: Route = async (request) => {
    const budget = requireBudget(budgets, request);
    await limiter.resume(budget);
    return jsonAnswer(200, await describe(budget));
  };
  const list: Route = async () =>
    jsonAnswer(200, { budgets: await Promise.all(budgets.map(describe)) });
  return {
    'GET /budgets': list,
    'POST /budgets/{id}/pause': pause,
    'POST /budgets/{id}/resume': resume,
    'POST /budgets/{provider}/{account}/{name}/pause': pause,
    'POST /budgets/{provider}/{account}/{name}/resume': resume,
  };
}

function requireBudget(budgets: readonly Budget[], { path }: HttpRequest): Budget {
  const parts =
    path['id'] === undefined ? [path['provider'], path['account'], path['name']] : [path['id']];
  const id = parts.join('/');
  const budget = budgets.find((it) => it.id === id || encodeURIComponent(it.id) === id);
  if (budget) return budget;
  throw new SluiceError('budget.not-found', 'there is no such budget: GET /budgets lists them');
}

function describeBudgetState(budget: Budget, stored: BudgetState, nowMs: number) {
  const state = releasePassed(stored, nowMs);
  const blocked = state.blockedUntilMs > nowMs;
  return {
    id: budget.id,
    requests: requestsAllowed(budget, state),
    windowMs: budget.windowMs,
    mode: budget.mode,
    held: budget.mode === 'strict' ? countHeld(state) : null,
    waiting: Object.entries(state.appointments).map(([group, { atMs, urgent }]) => ({
      group,
      urgent,
      until: isoInstant(atMs),
    })),
    paused: state.pausedSinceMs !== undefined,
    ...(blocked ? { blockedUntil: isoInstant(state.blockedUntilMs) } : {}),
    throttled: state.throttledCount,
  };
}
