/** What the simulated vendors themselves say of a fleet-sized run: made ready before it, counted after. */
import type { SimulatorOf } from '../../local/stack/vendor-simulators.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import { TAG } from './fleet-jobs.ts';

interface FleetVendor<P extends ProviderName> {
  /** Puts the fleet where every item can be done, as far as it is not. */
  ready(simulator: SimulatorOf<P>, name: string): void;
  /** How many items are as the job wants them; one that was done twice is not. */
  countDone(simulator: SimulatorOf<P>, name: string): number;
}

/** The accounts that the simulators of a fleet are opened with. */
export const fleetAccounts = {
  automox: { provider: 'automox', organizationId: 9237 },
  opsramp: { provider: 'opsramp', tenantId: 'client_42' },
  amp: { provider: 'amp', region: 'nam' },
} as const satisfies { readonly [P in ProviderName]: object };

export const fleetVendors: { readonly [P in ProviderName]: FleetVendor<P> } = {
  automox: {
    ready() {},
    countDone: (simulator) =>
      simulator
        .org(fleetAccounts.automox.organizationId)
        .devices.values()
        .filter(({ tags }) => tags.filter((tag) => tag === TAG).length === 1)
        .toArray().length,
  },
  opsramp: {
    ready() {},
    countDone: (simulator) =>
      simulator
        .tenant(fleetAccounts.opsramp.tenantId)
        .alerts.values()
        .filter(({ alert }) => alert.acknowledged)
        .toArray().length,
  },
  amp: {
    ready(simulator, name) {
      for (const computer of simulator.business(name).state.computers.values()) {
        computer.online = true;
        computer.lastSeenAtMs ??= computer.installedAtMs;
        computer.isolation = { available: true, status: 'not_isolated' };
      }
    },
    countDone: (simulator, name) =>
      simulator
        .business(name)
        .state.computers.values()
        .filter(({ isolation }) => isolation.status === 'isolated')
        .toArray().length,
  },
};
