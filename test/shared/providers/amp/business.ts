/** The Cisco AMP simulator and the job harness pointed at it, for as long as one test. */
import {
  type AmpSimulator,
  type AmpSimulatorOptions,
  createAmpSimulator,
} from '../../../../local/simulators/amp/amp-simulator.ts';
import type { BusinessConsole } from '../../../../local/simulators/amp/business-console.ts';
import type { Computer } from '../../../../local/simulators/amp/world.ts';
import type { Json } from '../../../../shared/kernel/json.ts';
import { amp } from '../../../../shared/providers/amp/amp.ts';
import { startVendorBench, type VendorBench, type Wire } from '../../../support/vendor-bench.ts';

export interface Business extends VendorBench<AmpSimulator> {
  console(): BusinessConsole;
  computers(): Computer[];
}

export const SECRET: Json = { clientId: '1234', apiKey: 'atest' };

export async function startBusiness(
  options: AmpSimulatorOptions = {},
  wire?: Wire,
): Promise<Business> {
  const fleet = { computers: 6, events: 0 };
  const bench = await startVendorBench(
    {
      provider: amp,
      simulatorOn: (clock) => createAmpSimulator({ fleet, ...options, clock }),
      accountAt: (endpoint) => ({ provider: 'amp', region: 'nam', endpoint }),
      secret: SECRET,
      below: '/v1',
    },
    wire,
  );
  const { simulator } = bench;
  return {
    ...bench,
    console: () => simulator.business('acme'),
    computers: () => [...simulator.business('acme').state.computers.values()],
  };
}
