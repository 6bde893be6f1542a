/** The Automox simulator and the job harness pointed at it, for as long as one test. */
import {
  type AutomoxSimulator,
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../../../../local/simulators/automox/automox-simulator.ts';
import type { Device, Org } from '../../../../local/simulators/automox/world.ts';
import type { Job } from '../../../../shared/jobs/job.ts';
import { automox } from '../../../../shared/providers/automox/automox.ts';
import { startVendorBench, type VendorBench, type Wire } from '../../../support/vendor-bench.ts';

export const ORG = 9237;

export interface Console extends VendorBench<AutomoxSimulator> {
  org(): Org;
  devices(): Device[];
}

export interface ConsoleOptions extends AutomoxSimulatorOptions {
  /** Webhook sources that the account manages; default none. */
  readonly sources?: readonly string[];
  /** Told of every row that a worker writes. */
  readonly onRow?: (row: Job) => void;
}

export async function startConsole(
  { sources, onRow, ...options }: ConsoleOptions = {},
  wire?: Wire,
): Promise<Console> {
  const bench = await startVendorBench(
    {
      provider: automox,
      simulatorOn: (clock) => createAutomoxSimulator({ fleet: { devices: 5 }, ...options, clock }),
      accountAt: (endpoint) => ({ provider: 'automox', organizationId: ORG, endpoint }),
      secret: { apiKey: 'automox-key' },
      below: '/api',
      harness: { ...(sources && { sources }), ...(onRow && { onRow }) },
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
