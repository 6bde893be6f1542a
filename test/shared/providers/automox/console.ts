/** The Automox simulator and the job harness pointed at it, for as long as one test. */
import {
  type AutomoxSimulator,
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../../../../local/simulators/automox/automox-simulator.ts';
import type { Device, Org } from '../../../../local/simulators/automox/world.ts';
import { automox } from '../../../../shared/providers/automox/automox.ts';
import { startVendorBench, type VendorBench, type Wire } from '../../../support/vendor-bench.ts';

export const ORG = 9237;

export interface Console extends VendorBench<AutomoxSimulator> {
  org(): Org;
  devices(): Device[];
}

export async function startConsole(
  options: AutomoxSimulatorOptions = {},
  wire?: Wire,
): Promise<Console> {
  const bench = await startVendorBench(
    {
      provider: automox,
      simulatorOn: (clock) => createAutomoxSimulator({ fleet: { devices: 5 }, ...options, clock }),
      accountAt: (endpoint) => ({ provider: 'automox', organizationId: ORG, endpoint }),
      secret: { apiKey: 'automox-key' },
      below: '/api',
    },
    wire,
  );
  const { simulator } = bench;
  return {
    ...bench,
    org: () => simulator.org(ORG),
    devices: () => [...simulator.org(ORG).devices.values()],
  };
}
