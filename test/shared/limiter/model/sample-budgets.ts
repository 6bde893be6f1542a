import type { Budget } from '../../../../shared/limiter/budget.ts';

/** A strict budget of a test, with the defaults that do not matter there. */
export const strictBudget = (requests: number, windowMs: number): Budget => ({
  id: `automox/acme/${requests}-in-${windowMs}`,
  name: `${requests}-in-${windowMs}`,
  requests,
  windowMs,
  mode: 'strict',
  throttledMs: 60_000,
});

export const nominalBudget = (requests: number, windowMs: number): Budget => ({
  ...strictBudget(requests, windowMs),
  mode: 'nominal',
});
