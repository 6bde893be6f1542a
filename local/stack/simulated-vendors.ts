/**
 * Vendor simulators for the accounts that name no endpoint of their own, and a key for each of them
 * in Secrets Manager, so that a first job works before anybody has a vendor account.
 */
import { randomBytes } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { accountSecretId } from '../../shared/config/account.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import {
  type AutomoxSimulator,
  createAutomoxSimulator,
} from '../simulators/automox/automox-simulator.ts';
import { startSimulatorServer } from '../simulators/frame/server.ts';
import { localClientConfig } from './provision.ts';

export interface SimulatedVendors {
  /** The config with the simulator's URL as `endpoint` of every account that had none. */
  readonly config: SluiceConfig;
  readonly automox: AutomoxSimulator;
  /** Name → URL of its API and of its control endpoints. */
  readonly urls: Readonly<Record<string, { readonly url: string; readonly controlUrl: string }>>;
  close(): Promise<void>;
}

export interface SimulatedVendorsOptions {
  readonly config: SluiceConfig;
  readonly awsUrl: string;
  readonly port: number;
  /** Devices in each simulated organization. */
  readonly devices: number;
  /** Multiplies every window of the simulated limits, for tests that cannot wait a minute. */
  readonly windowScale: number;
}

export async function startSimulatedVendors(
  options: SimulatedVendorsOptions,
): Promise<SimulatedVendors> {
  const { config, awsUrl, port, devices, windowScale } = options;
  const secrets = new SecretsManagerClient(localClientConfig(awsUrl));
  const simulated = Object.entries(config.accounts).filter(([, { endpoint }]) => !endpoint);
  const keys: Record<string, { accountId: string; orgs: number[] }> = {};
  for (const [name, { organizationId }] of simulated) {
    keys[await ensureKey(secrets, name)] = { accountId: name, orgs: [organizationId] };
  }
  const automox = createAutomoxSimulator({ keys, fleet: { devices }, windowScale });
  const server = await startSimulatorServer(automox, port);
  const accounts = Object.entries(config.accounts).map(([name, account]) => [
    name,
    { endpoint: server.url, ...account },
  ]);
  return {
    config: { ...config, accounts: Object.fromEntries(accounts) },
    automox,
    urls: { automox: { url: server.url, controlUrl: server.controlUrl } },
    close: () => server.close(),
  };
}

/** The key that the account's secret holds, or a new one put there. */
async function ensureKey(secrets: SecretsManagerClient, account: string): Promise<string> {
  const SecretId = accountSecretId(account);
  try {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const { apiKey } = JSON.parse(SecretString) as { apiKey?: unknown };
    if (typeof apiKey === 'string') return apiKey;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
  }
  const apiKey = `local-${randomBytes(16).toString('hex')}`;
  await secrets.send(
    new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify({ apiKey }) }),
  );
  return apiKey;
}
