/** Tells the strict budgets of a permit what became of its call. */
import { toSluiceError } from '../errors/sluice-error.ts';
import type { Budget } from './budget.ts';
import { assertTrusted, type ClockWatch } from './clock-watch.ts';
import { changeBudget } from './compare-and-set.ts';
import type { LimiterDeps, Permit, Settlement } from './limiter.ts';
import { settleWindow } from './window.ts';

/**
 * Swallows what is nobody's fault (`store.unavailable`, `host.clock-off`): the permit then keeps its
 * pessimistic bound.
 */
export async function settle(
  deps: SettleDeps,
  permit: Permit,
  settlement: Settlement,
): Promise<void> {
  for (const budget of permit.budgets.filter(({ mode }) => mode === 'strict')) {
    try {
      await settleStrict(deps, budget, permit.token, settlement);
    } catch (error) {
      if (toSluiceError(error).disposition !== 'defer') throw error;
    }
  }
}

type SettleDeps = LimiterDeps & { readonly watch: ClockWatch };

async function settleStrict(
  { store, clock, watch }: SettleDeps,
  budget: Budget,
  token: string,
  settlement: Settlement,
): Promise<void> {
  let seen = false;
  await changeBudget(store, budget.id, (state) => {
    // By a clock that runs ahead, holds would be dropped that are still in force.
    assertTrusted(watch);
    const open = Object.hasOwn(state.open, token);
    // Gone since the last look: this very write did it, and its answer was lost.
    const settled = seen && !open;
    seen ||= open;
    if (settled || (!open && settlement.kind === 'unsent')) return undefined;
    return settleWindow(budget, state, {
      token,
      nowMs: clock.nowMs(),
      ...(settlement.kind === 'counted' ? { boundAtMs: settlement.boundAtMs } : {}),
    });
  });
}
