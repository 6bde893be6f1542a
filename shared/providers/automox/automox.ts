/** Automox: the console API at its one host, which every region shares. */
import type { Provider } from '../provider.ts';
import {
  type AutomoxCredential,
  authorize,
  AutomoxCredential as credential,
} from './credential.ts';
import { findAutomoxError } from './errors.ts';
import { jobTypes } from './job-types.ts';
import { limits } from './limits.ts';
import { operations } from './operations.ts';
import { accountQuery } from './organization.ts';
import { rateLimitDialect, taughtBudget, throttledMs } from './throttle.ts';

export const automox: Provider<AutomoxCredential> = {
  name: 'automox',
  baseUrl: () => 'https://console.automox.com/api',
  credential,
  authorization: { kind: 'credential', headers: authorize },
  // An expired key, or one of the wrong kind, is 403.
  refusalStatuses: [401, 403],
  accountQuery,
  accountPath: () => ({}),
  limitsOf: () => limits,
  operations,
  rateLimitDialect,
  taughtBudgetOf: () => taughtBudget,
  findError: findAutomoxError,
  throttledMs,
  jobTypes,
};
