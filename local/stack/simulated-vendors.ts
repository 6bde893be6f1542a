/**
 * Vendor simulators for the accounts that name no endpoint of their own, and a secret for each of them
 * in Secrets Manager, so that a first job works before anybody has a vendor account.
 */
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Account, accountSecretId, type ProviderName } from '../../shared/config/account.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { type SimulatorServer, startSimulatorServer } from '../simulators/frame/server.ts';
import { createClosing } from './closing.ts';
import { localClientConfig } from './provision.ts';
import {
  type SimulatedAccount,
  type SimulatedScale,
  type SimulatorOf,
  vendorSimulators,
} from './vendor-simulators.ts';

export interface SimulatedVendors {
  /** The config with its simulator's URL as `endpoint` of every account that had none. */
  readonly config: SluiceConfig;
  /** Throws RangeError where no account of the config is a simulated one of that vendor. */
  simulatorOf<P extends ProviderName>(provider: P): SimulatorOf<P>;
  /** Name → URL of its API and of its control endpoints. */
  readonly urls: Readonly<Record<string, { readonly url: string; readonly controlUrl: string }>>;
  close(): Promise<void>;
}

export interface SimulatedVendorsOptions extends SimulatedScale {
  readonly config: SluiceConfig;
  readonly awsUrl: string;
  /** Of the first vendor; each other has a fixed one behind it. 0 takes any free ports. */
  readonly port: number;
}

const providers = Object.keys(vendorSimulators) as readonly ProviderName[];

export async function startSimulatedVendors(
  options: SimulatedVendorsOptions,
): Promise<SimulatedVendors> {
  const { config, awsUrl, port } = options;
  const secrets = new SecretsManagerClient(localClientConfig(awsUrl));
  const simulators = new Map<ProviderName, unknown>();
  const servers = new Map<ProviderName, SimulatorServer>();
  const closing = createClosing();
  try {
    for (const [place, provider] of providers.entries()) {
      const accounts = await openAccounts(secrets, provider, config);
      if (accounts.length === 0) continue;
      const simulator = vendorSimulators[provider].create(accounts, options);
      const server = await startSimulatorServer(simulator, port === 0 ? 0 : port + place);
      closing.add(server);
      simulators.set(provider, simulator);
      servers.set(provider, server);
    }
  } catch (error) {
    await closing.close();
    throw error;
  }
  return {
    config: { ...config, accounts: withEndpoints(config, servers) },
    simulatorOf<P extends ProviderName>(provider: P) {
      const simulator = simulators.get(provider);
      if (simulator === undefined) throw new RangeError(`no account of ${provider} is simulated`);
      return simulator as SimulatorOf<P>;
    },
    urls: Object.fromEntries(
      [...servers].map(([provider, { url, controlUrl }]) => [provider, { url, controlUrl }]),
    ),
    close: closing.close,
  };
}

/** The accounts of one vendor that are to be simulated, each with a secret that is in its place. */
async function openAccounts(
  secrets: SecretsManagerClient,
  provider: ProviderName,
  config: SluiceConfig,
): Promise<SimulatedAccount[]> {
  const opened: SimulatedAccount[] = [];
  for (const [name, account] of Object.entries(config.accounts)) {
    if (account.provider !== provider || account.endpoint) continue;
    const SecretId = accountSecretId(name, config.prefix);
    const found = await findSecret(secrets, SecretId);
    const secret = vendorSimulators[provider].secretFrom(found);
    if (secret !== found) {
      const SecretString = JSON.stringify(secret);
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
    }
    opened.push({ name, account, secret });
  }
  return opened;
}

/** The JSON that is there; undefined where there is none. */
async function findSecret(secrets: SecretsManagerClient, SecretId: string): Promise<unknown> {
  try {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    return JSON.parse(SecretString);
  } catch (error) {
    const absent = error instanceof Error && error.name === 'ResourceNotFoundException';
    if (absent || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const withEndpoints = (
  { accounts }: SluiceConfig,
  servers: ReadonlyMap<ProviderName, SimulatorServer>,
): Record<string, Account> =>
  Object.fromEntries(
    Object.entries(accounts).map(([name, account]) => {
      const endpoint = account.endpoint ?? servers.get(account.provider)?.url;
      return [name, { ...account, ...(endpoint && { endpoint }) }];
    }),
  );
