import { createSecretsManagerClient } from '../../shared/aws/clients.ts';
import { createSecretsSource } from '../../shared/aws/secrets-source.ts';
import { environmentNames } from '../../shared/config/environment.ts';
import { DEFAULT_PREFIX, isTestPrefix } from '../../shared/config/prefix.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { SluiceError } from '../../shared/errors/sluice-error.ts';
import { createSecretCache } from '../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../shared/http/token-cache.ts';
import { createVendorClient } from '../../shared/http/vendor-client.ts';
import type { VendorAccount } from '../../shared/jobs/vendor-account.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { createVendorAccount } from '../../shared/providers/vendor-account.ts';

/**
 * The accounts this worker may act for: those of its own provider. Secrets are cached for all of them
 * together; each job gets a vendor side of its own.
 */
export function createVendorAccounts(
  config: SluiceConfig,
  provider: Provider,
): (account: string) => VendorAccount {
  const localStack = process.env[environmentNames.localStack] === '1';
  const shared = {
    client: createVendorClient({ clock: systemClock }),
    secrets: createSecretCache({
      source: createSecretsSource({ client: createSecretsManagerClient() }),
      clock: systemClock,
    }),
    tokens: createTokenCache({ clock: systemClock }),
    clock: systemClock,
    endpointsHonoured: localStack || isTestPrefix(config.prefix ?? DEFAULT_PREFIX),
    localStack,
    prefix: config.prefix,
    budgets: config.budgets,
  };
  return (name) => {
    const account = Object.hasOwn(config.accounts, name) ? config.accounts[name] : undefined;
    if (account?.provider !== provider.name) {
      throw new SluiceError('job.unknown-account', `"${name}" is no ${provider.name} account`);
    }
    return createVendorAccount(shared, provider, name, account);
  };
}
