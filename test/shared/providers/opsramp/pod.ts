/** The OpsRamp simulator and the job harness pointed at it, for as long as one test. */
import {
  createOpsRampSimulator,
  type OpsRampSimulator,
  type OpsRampSimulatorOptions,
} from '../../../../local/simulators/opsramp/opsramp-simulator.ts';
import type { Tenant } from '../../../../local/simulators/opsramp/world.ts';
import { opsramp } from '../../../../shared/providers/opsramp/opsramp.ts';
import type { JobHarness } from '../../../support/job-harness.ts';
import { startVendorBench, type VendorBench, type Wire } from '../../../support/vendor-bench.ts';
import { account } from './sample-account.ts';

export const TENANT = account.tenantId;

/** In front of the paths of faults. */
export const BELOW = `/api/v2/tenants/${TENANT}`;

export const SECRET = { key: 'opsramp-key', secret: 'opsramp-secret' };

type AccountMore = { readonly tokenPath?: '/tenancy/auth/oauth/token' };

export interface Pod extends VendorBench<OpsRampSimulator> {
  harnessOf(more: AccountMore): JobHarness;
  tenant(): Tenant;
}

/** Requests for tokens are left out of `requests`. */
export async function startPod(options: OpsRampSimulatorOptions = {}, wire?: Wire): Promise<Pod> {
  const fleet = { resources: 5, alerts: 6, ...options.fleet };
  const bench = await startVendorBench(
    {
      provider: opsramp,
      simulatorOn: (clock) => createOpsRampSimulator({ ...options, fleet, clock }),
      accountAt: (endpoint) => ({ ...account, endpoint }),
      secret: SECRET,
      below: BELOW,
      isAside: (path) => path.endsWith('/oauth/token'),
    },
    wire,
  );
  const { simulator } = bench;
  return {
    ...bench,
    harnessOf: (more) => bench.harness((endpoint) => ({ ...account, ...more, endpoint })),
    tenant: () => simulator.tenant(TENANT),
  };
}
