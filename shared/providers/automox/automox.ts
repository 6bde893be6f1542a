/** Automox: the console API at its one host, which every region shares. */
import type { Provider } from '../provider.ts';
import {
  type AutomoxCredential,
  authorize,
  AutomoxCredential as credential,
} from './credential.ts';
import { findAutomoxError } from './errors.ts';
import { policyApplyToGroup } from './jobs/policy-apply-to-group.ts';
import { policyCreate } from './jobs/policy-create.ts';
import { policyRun } from './jobs/policy-run.ts';
import { serversBatch } from './jobs/servers-batch.ts';
import { serversQuery } from './jobs/servers-query.ts';
import { limits } from './limits.ts';
import { operations } from './operations.ts';
import { accountQuery } from './organization.ts';
import { rateLimitDialect, taughtBudget, throttledMs } from './throttle.ts';

export const automox: Provider<AutomoxCredential> = {
  name: 'automox',
  baseUrl: 'https://console.automox.com/api',
  credential,
  authorize,
  accountQuery,
  limits,
  operations,
  rateLimitDialect,
  taughtBudget,
  findError: findAutomoxError,
  throttledMs,
  jobTypes: [serversQuery, serversBatch, policyCreate, policyApplyToGroup, policyRun],
};
