/** OpsRamp: the REST API v2 of one tenant, at the host of its brand. */
import type { Provider } from '../provider.ts';
import {
  authorize,
  OpsRampCredential as credential,
  exchangeForToken,
  type OpsRampCredential,
  readToken,
} from './credential.ts';
import { findOpsRampError } from './errors.ts';
import { jobTypes } from './job-types.ts';
import { limits } from './limits.ts';
import { operations } from './operations.ts';
import { accountPath, accountQuery, tenantOf } from './tenant.ts';
import { rateLimitDialect, taughtBudgetOf, throttledMs } from './throttle.ts';

export const opsramp: Provider<OpsRampCredential> = {
  name: 'opsramp',
  baseUrl: (account) => `https://${tenantOf(account).host}`,
  credential,
  authorization: {
    kind: 'token',
    exchange: exchangeForToken,
    readToken,
    headers: authorize,
  },
  // 407 is an expired token; 401 one that is not known any more.
  refusalStatuses: [401, 407],
  accountQuery,
  accountPath,
  limitsOf: (account) => limits[tenantOf(account).scope],
  operations,
  rateLimitDialect,
  taughtBudgetOf,
  findError: findOpsRampError,
  throttledMs,
  jobTypes,
};
