/**
 * Cisco AMP for Endpoints, now Cisco Secure Endpoint: its API v1. Three regions that know nothing of
 * each other; a credential is of one business in one of them.
 */
import type { Account } from '../../config/account.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Provider } from '../provider.ts';
import { type AmpCredential, authorize, AmpCredential as credential } from './credential.ts';
import { findAmpError } from './errors.ts';
import { jobTypes } from './job-types.ts';
import { limits } from './limits.ts';
import { operations } from './operations.ts';
import { rateLimitDialect, taughtBudget, throttledMs } from './throttle.ts';

export const amp: Provider<AmpCredential> = {
  name: 'amp',
  baseUrl,
  credential,
  authorization: { kind: 'credential', headers: authorize },
  // A key of another region is 401; 403 was never seen, and could only mean the key as well.
  refusalStatuses: [401, 403],
  accountQuery: () => ({}),
  accountPath: () => ({}),
  limitsOf: () => limits,
  operations,
  rateLimitDialect,
  taughtBudgetOf: () => taughtBudget,
  findError: findAmpError,
  throttledMs,
  jobTypes,
};

/** source: 'Cisco AMP API v1, as public clients call it'. */
const hosts = {
  nam: 'https://api.amp.cisco.com/v1',
  eu: 'https://api.eu.amp.cisco.com/v1',
  apjc: 'https://api.apjc.amp.cisco.com/v1',
} as const;

function baseUrl(account: Account): string {
  invariant(account.provider === 'amp', 'the account is one of Cisco AMP');
  return hosts[account.region];
}
