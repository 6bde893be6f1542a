/** The Cisco AMP simulator on loopback and the job harness pointed at it, for as long as one test. */
import { onTestFinished } from 'vitest';
import {
  type AmpSimulator,
  type AmpSimulatorOptions,
  createAmpSimulator,
} from '../../../../local/simulators/amp/amp-simulator.ts';
import type { BusinessConsole } from '../../../../local/simulators/amp/business-console.ts';
import type { Computer } from '../../../../local/simulators/amp/world.ts';
import { startSimulatorServer } from '../../../../local/simulators/frame/server.ts';
import type { Json } from '../../../../shared/kernel/json.ts';
import { amp } from '../../../../shared/providers/amp/amp.ts';
import { createJobHarness, type JobHarness } from '../../../support/job-harness.ts';
import { createLeapingClock } from '../../../support/leaping-clock.ts';

export interface Business {
  readonly simulator: AmpSimulator;
  /** A harness with an empty jobs table and unspent budgets. */
  harness(): JobHarness;
  /** The same, and the business in its first state, as `prepare` then changes it. */
  begin(prepare?: (business: Business) => void): JobHarness;
  console(): BusinessConsole;
  computers(): Computer[];
  /** `METHOD /path` of each request that arrived, oldest first. */
  requests(method?: string): string[];
}

export const SECRET: Json = { clientId: '1234', apiKey: 'atest' };

export async function startBusiness(options: AmpSimulatorOptions = {}): Promise<Business> {
  const clock = createLeapingClock();
  const fleet = { computers: 6, events: 0 };
  const simulator = createAmpSimulator({ fleet, ...options, clock });
  const server = await startSimulatorServer(simulator);
  const harnesses: JobHarness[] = [];
  onTestFinished(async () => {
    for (const harness of harnesses) harness.close();
    await server.close();
  });
  const account = { provider: 'amp', region: 'nam', endpoint: server.url } as const;
  const business: Business = {
    simulator,
    harness() {
      const harness = createJobHarness({ provider: amp, account, secret: SECRET, clock });
      harnesses.push(harness);
      return harness;
    },
    begin(prepare) {
      simulator.reset();
      prepare?.(business);
      return business.harness();
    },
    console: () => simulator.business('acme'),
    computers: () => [...simulator.business('acme').state.computers.values()],
    requests: (method) =>
      simulator.arrivals
        .filter((arrival) => method === undefined || arrival.method === method)
        .map((arrival) => `${arrival.method} ${arrival.path.replace('/v1', '')}`),
  };
  return business;
}
