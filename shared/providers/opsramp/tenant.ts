import type * as z from 'zod';
import type { Account, OpsRampAccount } from '../../config/account.ts';
import type { Operation } from '../../jobs/operation.ts';
import { invariant } from '../../kernel/invariant.ts';
import { METRIC_SEARCH_PATH } from './operations/metrics.ts';

type Tenant = z.infer<typeof OpsRampAccount>;

/** What the config says of the tenant that an account acts in. */
export function tenantOf(account: Account): Tenant {
  invariant(account.provider === 'opsramp', 'an OpsRamp job runs under an OpsRamp account');
  return account;
}

export const accountPath = (account: Account) => ({ tenantId: tenantOf(account).tenantId });

/** The one search that names its tenant in the query. */
export const accountQuery = (
  account: Account,
  { path }: Operation,
): Readonly<Record<string, string>> =>
  path === METRIC_SEARCH_PATH ? { tenant: tenantOf(account).tenantId } : {};
