/** The Automox simulator on loopback and the job harness pointed at it, for as long as one test. */
import { onTestFinished } from 'vitest';
import {
  type AutomoxSimulator,
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../../../../local/simulators/automox/automox-simulator.ts';
import type { Device, Org } from '../../../../local/simulators/automox/world.ts';
import { startSimulatorServer } from '../../../../local/simulators/frame/server.ts';
import type { Job } from '../../../../shared/jobs/job.ts';
import type { Json } from '../../../../shared/kernel/json.ts';
import { automox } from '../../../../shared/providers/automox/automox.ts';
import { createJobHarness, type JobHarness } from '../../../support/job-harness.ts';
import { createLeapingClock } from '../../../support/leaping-clock.ts';
import { createLife } from '../../../support/mortal.ts';

export const ORG = 9237;

export interface Console {
  readonly simulator: AutomoxSimulator;
  /** A harness with an empty jobs table and unspent budgets. */
  harness(): JobHarness;
  org(): Org;
  devices(): Device[];
  /** `METHOD /path` of each request that arrived, oldest first. */
  requests(method?: string): string[];
}

export interface Survival {
  readonly harness: JobHarness;
  readonly job: Job;
  /** After how many steps the first worker was killed. */
  readonly steps: number;
}

/**
 * The same job on a fresh console again and again, its worker killed after one step, then after two,
 * until the worker outlives the job. `check` sees each outcome.
 */
export async function killEverywhere(
  console: Console,
  request: { readonly type: string; readonly params: Json; readonly prepare?: () => void },
  check: (survival: Survival) => Promise<void> | void,
): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    console.simulator.reset();
    request.prepare?.();
    const harness = console.harness();
    const { id } = await harness.submit(request.type, request.params);
    const life = createLife(steps);
    const job = await harness.finish(id, life);
    await check({ harness, job, steps });
    if (!life.over) return steps;
  }
}

export interface ConsoleOptions extends AutomoxSimulatorOptions {
  /** Webhook sources that the account manages; default none. */
  readonly sources?: readonly string[];
  /** Told of every row that a worker writes. */
  readonly onRow?: (row: Job) => void;
}

export async function startConsole({
  sources = [],
  onRow = () => undefined,
  ...options
}: ConsoleOptions = {}): Promise<Console> {
  const clock = createLeapingClock();
  const simulator = createAutomoxSimulator({ fleet: { devices: 5 }, ...options, clock });
  const server = await startSimulatorServer(simulator);
  const harnesses: JobHarness[] = [];
  onTestFinished(async () => {
    for (const harness of harnesses) harness.close();
    await server.close();
  });
  const account = { provider: 'automox', organizationId: ORG, endpoint: server.url } as const;
  return {
    simulator,
    harness() {
      const secret = { apiKey: 'automox-key' };
      const harness = createJobHarness({
        provider: automox,
        account,
        secret,
        clock,
        sources,
        onRow,
      });
      harnesses.push(harness);
      return harness;
    },
    org: () => simulator.org(ORG),
    devices: () => [...simulator.org(ORG).devices.values()],
    requests: (method) =>
      simulator.arrivals
        .filter((arrival) => method === undefined || arrival.method === method)
        .map((arrival) => `${arrival.method} ${arrival.path.replace('/api', '')}`),
  };
}
