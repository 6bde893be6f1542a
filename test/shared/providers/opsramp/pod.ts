/** The OpsRamp simulator on loopback and the job harness pointed at it, for as long as one test. */
import { onTestFinished } from 'vitest';
import { startSimulatorServer } from '../../../../local/simulators/frame/server.ts';
import {
  createOpsRampSimulator,
  type OpsRampSimulator,
  type OpsRampSimulatorOptions,
} from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import type { Tenant } from '../../../../local/simulators/opsramp/world.ts';
import type { Job } from '../../../../shared/jobs/job.ts';
import type { Json } from '../../../../shared/kernel/json.ts';
import { opsramp } from '../../../../shared/providers/opsramp/opsramp.ts';
import { createJobHarness, type JobHarness } from '../../../support/job-harness.ts';
import { createLeapingClock } from '../../../support/leaping-clock.ts';
import { createLife } from '../../../support/mortal.ts';

export const TENANT = 'client_42';

/** In front of the paths of faults. */
export const BELOW = `/api/v2/tenants/${TENANT}`;

export const SECRET = { key: 'opsramp-key', secret: 'opsramp-secret' };

type AccountMore = { readonly tokenPath?: '/tenancy/auth/oauth/token' };

export interface Pod {
  readonly simulator: OpsRampSimulator;
  /** A harness with an empty jobs table and unspent budgets. */
  harness(more?: AccountMore): JobHarness;
  tenant(): Tenant;
  /** `METHOD /path` below the tenant of each request that arrived, tokens left out, oldest first. */
  requests(method?: string): string[];
}

export interface Survival {
  readonly harness: JobHarness;
  readonly job: Job;
  /** After how many steps the first worker was killed. */
  readonly steps: number;
}

/**
 * The same job on a fresh pod again and again, its worker killed after one step, then after two, until
 * the worker outlives the job. `check` sees each outcome.
 */
export async function killEverywhere(
  pod: Pod,
  request: { readonly type: string; readonly params: Json; readonly prepare?: () => void },
  check: (survival: Survival) => Promise<void> | void,
): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    pod.simulator.reset();
    request.prepare?.();
    const harness = pod.harness();
    const { id } = await harness.submit(request.type, request.params);
    const life = createLife(steps);
    const job = await harness.finish(id, life);
    await check({ harness, job, steps });
    if (!life.over) return steps;
  }
}

export async function startPod(options: OpsRampSimulatorOptions = {}): Promise<Pod> {
  const clock = createLeapingClock();
  const fleet = { resources: 5, alerts: 6, ...options.fleet };
  const simulator = createOpsRampSimulator({ ...options, fleet, clock });
  const server = await startSimulatorServer(simulator);
  const harnesses: JobHarness[] = [];
  onTestFinished(async () => {
    for (const harness of harnesses) harness.close();
    await server.close();
  });
  return {
    simulator,
    harness(more = {}) {
      const account = {
        ...({ provider: 'opsramp', tenantId: TENANT, scope: 'client' } as const),
        host: 'api.opsramp.com',
        tokenPath: '/auth/oauth/token',
        ...more,
        endpoint: server.url,
      } as const;
      const harness = createJobHarness({ provider: opsramp, account, secret: SECRET, clock });
      harnesses.push(harness);
      return harness;
    },
    tenant: () => simulator.tenant(TENANT),
    requests: (method) =>
      simulator.arrivals
        .filter((arrival) => !arrival.path.endsWith('/oauth/token'))
        .filter((arrival) => method === undefined || arrival.method === method)
        .map(({ method: verb, path }) => `${verb} ${path.replace(BELOW, '')}`),
  };
}
