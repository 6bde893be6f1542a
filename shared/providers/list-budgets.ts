import type { SluiceConfig } from '../config/sluice-config.ts';
import type { Budget } from '../limiter/budget.ts';
import { getProvider } from './registry.ts';
import { accountBudgets } from './vendor-account.ts';

/** Every budget of every account of the config, with its overrides. */
export const listBudgets = (config: SluiceConfig): readonly Budget[] =>
  Object.entries(config.accounts).flatMap(([name, account]) => [
    ...accountBudgets(getProvider(account.provider), name, account, config.budgets).values(),
  ]);
