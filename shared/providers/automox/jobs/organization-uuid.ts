/** Newer services of Automox know an organization by its UUID alone; the account has its number. */
import { ProviderError } from '../../../errors/provider-error.ts';
import type { JobContext } from '../../../jobs/job-type.ts';
import { findListed } from '../list-pages.ts';
import { operations } from '../operations.ts';
import { organizationOf } from '../organization.ts';

export async function getOrganizationUuid(context: JobContext): Promise<string> {
  const organizationId = organizationOf(context.account);
  const list = { operation: operations.listOrganizations, key: 'orgs' };
  const uuid = (await findListed(context, list, ({ id }) => id === organizationId))?.['uuid'];
  if (typeof uuid === 'string') return uuid;
  throw new ProviderError('provider.not-found', 'the key does not list its organization');
}
