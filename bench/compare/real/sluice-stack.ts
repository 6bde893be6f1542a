/**
 * Sluice in real time: the embedded stack with its worker processes, and an account with a vendor of
 * its own for each scenario, so that what one leaves behind is not in the next one's way.
 */
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  type AutomoxSimulator,
  createAutomoxSimulator,
} from '../../../local/simulators/automox/automox-simulator.ts';
import { startLocalStack } from '../../../local/stack/local-stack.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';
import { accountSecretId } from '../../../shared/config/account.ts';
import { parseConfig } from '../../../shared/config/sluice-config.ts';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { postJob } from '../../http-jobs.ts';
import { createNetwork } from '../network.ts';
import { createNetworkedVendor, type NetworkedVendor } from '../networked-vendor.ts';
import { scenarios as allScenarios, type Scenario } from '../scenarios.ts';
import { batchParams, ORGANIZATION_ID } from '../work.ts';
import { listGivenUp } from './lost-jobs.ts';
import { createStackMeter } from './stack-meter.ts';
import { startVendorServer, type VendorServer } from './vendor-server.ts';
import { WINDOW_MS, WINDOW_SCALE } from './window.ts';

export interface ScenarioVendor {
  readonly simulator: AutomoxSimulator;
  readonly vendor: NetworkedVendor;
  readonly server: VendorServer;
  onCounted: () => void;
}

export type BenchStack = Awaited<ReturnType<typeof startBenchStack>>;

export async function startBenchStack(scenarios: readonly Scenario[]) {
  const vendors = new Map<string, ScenarioVendor>();
  for (const scenario of scenarios) vendors.set(scenario.name, await openVendor(scenario));
  const [calm] = allScenarios;
  if (calm) vendors.set(WARM_UP, await openVendor(calm));
  const entries = [...vendors].map(([name, { server }]) => {
    const endpoint = server.url;
    return [name, { provider: 'automox', organizationId: ORGANIZATION_ID, endpoint }] as const;
  });
  const budgets = [...vendors.keys()].map((name) => [
    `automox/${name}/servers.batch`,
    { windowSeconds: WINDOW_MS / 1_000 },
  ]);
  const meter = createStackMeter();
  const stack = await startLocalStack({
    config: parseConfig({
      accounts: Object.fromEntries(entries),
      budgets: Object.fromEntries(budgets),
    }),
    port: 0,
    onTableCall: meter.onTableCall,
    onBatch: meter.onBatch,
    faults: meter.faults,
    onDefect: (error) => console.error('the local stack:', error),
  });
  const secrets = new SecretsManagerClient(localClientConfig(stack.awsUrl));
  for (const name of vendors.keys()) {
    const SecretString = JSON.stringify({ apiKey: 'automox-key' });
    const SecretId = accountSecretId(name);
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }
  await warmUp(stack.url, vendors.get(WARM_UP)?.simulator);
  return {
    meter,
    vendorOf: (name: string) => vendors.get(name),
    /** Resolves with the job's id. */
    submit: (message: Readonly<Record<string, unknown>>) => postJob(stack.url, message),
    /** Ids of the account's jobs that ended otherwise than well. */
    listGivenUp: (account: string) => listGivenUp(stack.url, account),
    killWorkers(): void {
      for (const pid of stack.functions.pools['worker-automox']?.pids() ?? []) {
        process.kill(pid, 'SIGKILL');
      }
    },
    async close() {
      await stack.close();
      for (const { server } of vendors.values()) await server.close();
    },
  };
}

async function openVendor(scenario: Scenario): Promise<ScenarioVendor> {
  const simulator = createAutomoxSimulator({ fleet: { devices: 20 }, windowScale: WINDOW_SCALE });
  const network = createNetwork(scenario, WINDOW_MS);
  const opened: { onCounted: () => void } = { onCounted: () => undefined };
  const counted = (): void => opened.onCounted();
  const vendor = createNetworkedVendor(simulator, network, systemClock, counted);
  return Object.assign(opened, { simulator, vendor, server: await startVendorServer(vendor) });
}

/** An account whose only jobs are there to have every worker process up. */
const WARM_UP = 'warm-up';
const WARM_UP_JOBS = 12;

/** As the peers, whose processes have made a request before they are given work. */
async function warmUp(url: string, simulator: AutomoxSimulator | undefined): Promise<void> {
  const [device = 0] = simulator?.org(ORGANIZATION_ID).devices.keys() ?? [];
  const type = 'automox.servers.batch';
  for (let n = 0; n < WARM_UP_JOBS; n++) {
    const params = batchParams(device, `warm-${n}`);
    await postJob(url, { type, account: WARM_UP, params, tenant: `tenant-${n}` });
  }
  while ((simulator?.arrivals.length ?? WARM_UP_JOBS) < WARM_UP_JOBS) {
    await systemClock.sleep(WINDOW_MS / 10);
  }
}
