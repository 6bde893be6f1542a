import type { Account } from '../../config/account.ts';
import type { Operation } from '../../jobs/operation.ts';
import { invariant } from '../../kernel/invariant.ts';
import { operations } from './operations.ts';

/** The organization that an account of the config acts in. */
export function organizationOf(account: Account): number {
  invariant(account.provider === 'automox', 'an Automox job runs under an Automox account');
  return account.organizationId;
}

/** Sent with every call: without `o` Automox takes the key's default organization, whichever it is. */
export const accountQuery = (
  account: Account,
  operation: Operation,
): Readonly<Record<string, number>> =>
  operation.id === operations.listOrganizations.id ? {} : { o: organizationOf(account) };
