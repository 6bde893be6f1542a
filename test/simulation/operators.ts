/** People at work: they pause budgets, replace secrets, and somebody else's tokens end. */
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { createLimiter } from '../../shared/limiter/limiter.ts';
import { getProvider } from '../../shared/providers/registry.ts';
import { accountBudgets } from '../../shared/providers/vendor-account.ts';
import { ACCOUNT } from './configured.ts';
import type { Services } from './services.ts';
import type { SimulatedVendor } from './vendor.ts';
import type { World } from './world.ts';

export function planOperators(world: World, services: Services, vendor: SimulatedVendor): void {
  const { clock, random, plan, facts } = world;
  const { account, secrets } = facts;
  const budgets = accountBudgets(getProvider(account.provider), ACCOUNT, account, {});
  const limiter = createLimiter({ store: services.budgets, clock, random });
  let replaced = false;
  /** A call is tried with two credentials, not with three: no two end while it is tried. */
  const endedMs: number[] = [];
  const mayEnd = (atMs: number): boolean => {
    const may = endedMs.every((other) => Math.abs(other - atMs) >= minutes(1));
    if (may) endedMs.push(atMs);
    return may;
  };
  for (const fault of plan.faults) {
    if (fault.kind === 'pause') {
      const budget = budgets.get(fault.budget);
      if (!budget) continue;
      world.at(fault.fromMs, () => void limiter.pause(budget));
      world.at(fault.fromMs + fault.forMs, () => void limiter.resume(budget));
    } else if (fault.kind === 'rotation' && !replaced && mayEnd(fault.atMs)) {
      replaced = true;
      world.at(fault.atMs, () => services.secret.put(secrets[1]));
      world.at(fault.atMs + seconds(1), vendor.site.revokeFirstSecret);
    } else if (fault.kind === 'tokens-end' && mayEnd(fault.atMs)) {
      world.at(fault.atMs, vendor.site.expireTokens);
    } else if (fault.kind === 'poison') {
      world.at(fault.atMs, () => services.poison(fault.queue, fault.body));
    }
  }
}
