import type { Account } from '../../config/account.ts';
import { SluiceError } from '../../errors/sluice-error.ts';
import type { Operation, OperationCall } from '../../jobs/operation.ts';
import { invariant } from '../../kernel/invariant.ts';
import { isJsonObject } from '../../kernel/json.ts';
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

/** Throws `job.refused` for a call that names another organization, which the key may well serve. */
export function assertOwnOrganization(
  { path, body }: Pick<OperationCall, 'path' | 'body'>,
  account: Account,
): void {
  const own = organizationOf(account);
  const inBody = isJsonObject(body) ? body['organization_id'] : undefined;
  for (const [field, named] of [
    ['params.path.orgId', path?.['orgId']],
    ['params.body.organization_id', inBody],
  ] as const) {
    if (named === undefined || named === own) continue;
    const problem = `must be ${own}, the organization of the account`;
    throw new SluiceError('job.refused', `${field} ${problem}`, { fields: [{ field, problem }] });
  }
}
