import type { BudgetStore } from '../../../../shared/limiter/budget-store.ts';

export interface CountingStore extends BudgetStore {
  /** Calls since the start, refused ones included: a store bills those too. */
  readonly calls: { finds: number; writes: number };
}

export function createCountingStore(store: BudgetStore): CountingStore {
  const calls = { finds: 0, writes: 0 };
  const write = <T>(call: () => Promise<T>): Promise<T> => {
    calls.writes += 1;
    return call();
  };
  return {
    calls,
    find(id) {
      calls.finds += 1;
      return store.find(id);
    },
    replace: (id, next, version) => write(() => store.replace(id, next, version)),
    takeSlots: (id, take) => write(() => store.takeSlots(id, take)),
    changeGrid: (id, change) => write(() => store.changeGrid(id, change)),
  };
}
