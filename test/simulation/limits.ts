/** The vendor's limits as its own counter knows them; written here again on purpose. */
import { minutes } from '../../shared/kernel/duration.ts';
import type { Limits } from './oracle.ts';
import type { BudgetName } from './plan.ts';

export const batchLimits: Readonly<Record<BudgetName, Limits>> = {
  'servers.batch': { requests: 5, windowMs: minutes(1) },
  'servers.list': { requests: 29, windowMs: minutes(1) },
};
