/**
 * A budget store behind a network: each call takes a while in virtual time, and some go wrong in the
 * ways a client cannot tell apart.
 */
import { SluiceError } from '../../../../shared/errors/sluice-error.ts';
import type { Clock } from '../../../../shared/kernel/clock.ts';
import type { Random } from '../../../../shared/kernel/random.ts';
import type { BudgetStore } from '../../../../shared/limiter/budget-store.ts';

const faults = ['refused', 'answer lost', 'sent twice', 'applied late'] as const;

export function createFaultyStore(
  store: BudgetStore,
  options: { readonly clock: Clock; readonly random: Random; readonly faultShare: number },
): BudgetStore {
  const { clock, random, faultShare } = options;
  const travel = (): Promise<void> => clock.sleep(1 + Math.floor(random() * 20));

  async function call<T>(apply: () => Promise<T>): Promise<T> {
    await travel();
    const fault = random() < faultShare ? faults[Math.floor(random() * faults.length)] : undefined;
    if (fault === 'refused') throw unavailable();
    if (fault === 'applied late') {
      void clock.sleep(random() * 10_000).then(apply);
      throw unavailable();
    }
    const answer = await apply();
    await travel();
    if (fault === 'answer lost') throw unavailable();
    return fault === 'sent twice' ? apply() : answer;
  }

  return {
    find: (id) => call(() => store.find(id)),
    replace: (id, next, version) => call(() => store.replace(id, next, version)),
    takeSlots: (id, take) => call(() => store.takeSlots(id, take)),
    changeGrid: (id, change) => call(() => store.changeGrid(id, change)),
  };
}

const unavailable = (): SluiceError =>
  new SluiceError('store.unavailable', 'the budgets table does not answer');
