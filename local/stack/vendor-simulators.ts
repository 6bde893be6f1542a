/** Every vendor's simulator: the secret that opens it, and how it is made for the accounts of a config. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Account, ProviderName } from '../../shared/config/account.ts';
import { type AmpSimulatorOptions, createAmpSimulator } from '../simulators/amp/amp-simulator.ts';
import {
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../simulators/automox/automox-simulator.ts';
import type { Simulator } from '../simulators/frame/simulator.ts';
import {
  createOpsRampSimulator,
  type OpsRampSimulatorOptions,
} from '../simulators/opsramp/opsramp-simulator.ts';

/** What each vendor's simulator is filled with. */
export interface SimulatedFleets {
  readonly automox: NonNullable<AutomoxSimulatorOptions['fleet']>;
  readonly opsramp: NonNullable<OpsRampSimulatorOptions['fleet']>;
  readonly amp: NonNullable<AmpSimulatorOptions['fleet']>;
}

/** How large the simulated vendors are, and how fast their time passes. */
export interface SimulatedScale {
  /** Devices of each account. */
  readonly devices: number;
  /** Where a vendor is to be filled otherwise. */
  readonly fleets?: Partial<SimulatedFleets>;
  /** Multiplies every window of the simulated limits, for tests that cannot wait a minute. */
  readonly windowScale: number;
}

/** The first devices of every simulated vendor: machines that all of them know, by the same name. */
export const SHARED_HOSTS = ['web-01', 'fin-laptop-07', 'build-03'];

export interface SimulatedAccount<A = Account, Secret = unknown> {
  readonly name: string;
  readonly account: A;
  readonly secret: Secret;
}

export interface VendorSimulator<S extends Simulator = Simulator> {
  /** The secret as it was found, where it opens the vendor; else a new one. */
  secretFrom(found: unknown): unknown;
  create(accounts: readonly SimulatedAccount[], scale: SimulatedScale): S;
}

export const vendorSimulators = {
  automox: simulate({
    provider: 'automox',
    secret: z.object({ apiKey: z.string() }),
    newSecret: () => ({ apiKey: newKey() }),
    create: (accounts, { devices, fleets, windowScale }) =>
      createAutomoxSimulator({
        keys: byKey(accounts, ({ name, account, secret }) => [
          secret.apiKey,
          { accountId: name, orgs: [account.organizationId] },
        ]),
        fleet: fleets?.automox ?? { devices, hostnames: SHARED_HOSTS },
        windowScale,
      }),
  }),
  opsramp: simulate({
    provider: 'opsramp',
    secret: z.object({ key: z.string(), secret: z.string() }),
    newSecret: () => ({ key: newKey(), secret: newKey() }),
    create: (accounts, { devices, fleets, windowScale }) =>
      createOpsRampSimulator({
        credentials: byKey(accounts, ({ account, secret }) => [
          secret.key,
          { secret: secret.secret, tenants: [account.tenantId] },
        ]),
        fleet: fleets?.opsramp ?? { resources: devices, hostnames: SHARED_HOSTS },
        windowScale,
      }),
  }),
  amp: simulate({
    provider: 'amp',
    secret: z.object({ clientId: z.string(), apiKey: z.string() }),
    newSecret: () => ({ clientId: newKey(), apiKey: newKey() }),
    create: (accounts, { devices, fleets, windowScale }) =>
      createAmpSimulator({
        credentials: byKey(accounts, ({ name, secret }) => [
          secret.clientId,
          { apiKey: secret.apiKey, business: name },
        ]),
        fleet: fleets?.amp ?? { computers: devices, hostnames: SHARED_HOSTS },
        windowScale,
      }),
  }),
} as const satisfies Record<ProviderName, VendorSimulator>;

export type SimulatorOf<P extends ProviderName> = ReturnType<
  (typeof vendorSimulators)[P]['create']
>;

interface Row<P extends ProviderName, Secret, S extends Simulator> {
  readonly provider: P;
  readonly secret: z.ZodType<Secret>;
  readonly newSecret: () => Secret;
  readonly create: (
    accounts: readonly SimulatedAccount<Extract<Account, { provider: P }>, Secret>[],
    scale: SimulatedScale,
  ) => S;
}

/** A row for any account: those of another vendor are none of its business. */
function simulate<P extends ProviderName, Secret, S extends Simulator>(
  row: Row<P, Secret, S>,
): VendorSimulator<S> {
  const isOwn = (account: Account): account is Extract<Account, { provider: P }> =>
    account.provider === row.provider;
  return {
    secretFrom: (found) => (z.safeParse(row.secret, found).success ? found : row.newSecret()),
    create(accounts, scale) {
      const own = accounts.flatMap(({ name, account, secret }) =>
        isOwn(account) ? [{ name, account, secret: z.parse(row.secret, secret) }] : [],
      );
      return row.create(own, scale);
    },
  };
}

const newKey = (): string => `local-${randomBytes(16).toString('hex')}`;

const byKey = <A, Grant>(
  accounts: readonly A[],
  entryOf: (account: A) => readonly [key: string, grant: Grant],
): Record<string, Grant> => Object.fromEntries(accounts.map(entryOf));
