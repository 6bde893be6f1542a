/** Adds up what is billed while something runs. */
import { type Billed, type BilledKind, billedOf } from '../compare/cost/prices.ts';

export interface Usage {
  add(kind: BilledKind, amount?: number): void;
  billed(): Billed;
}

export function createUsage(): Usage {
  const amounts = new Map<BilledKind, number>();
  return {
    add(kind, amount = 1) {
      amounts.set(kind, (amounts.get(kind) ?? 0) + amount);
    },
    billed: () => billedOf((kind) => amounts.get(kind) ?? 0),
  };
}
