/** Sluice's embedded stack through one scenario after another, in real time. */
import { systemClock } from '../../../shared/kernel/clock.ts';
import type { RunFacts } from '../run-facts.ts';
import { type JobWish, LIMIT, type Scenario } from '../scenarios.ts';
import { batchParams, ORGANIZATION_ID } from '../work.ts';
import { createRealKills, drive } from './drive.ts';
import { SLUICE_ROW } from './real-rows.ts';
import type { BenchStack } from './sluice-stack.ts';
import { WINDOW_MS } from './window.ts';

export async function runStack(stack: BenchStack, scenario: Scenario): Promise<RunFacts> {
  const opened = stack.vendorOf(scenario.name);
  if (opened === undefined) throw new RangeError(`the stack has no account ${scenario.name}`);
  const { simulator, vendor } = opened;
  const [device = 0] = simulator.org(ORGANIZATION_ID).devices.keys();
  stack.meter.reset();
  vendor.startNow();
  const kills = createRealKills(scenario, stack.killWorkers);
  opened.onCounted = kills.onCounted;
  const keys = new Map<string, string>();
  const run = await drive({
    scenario,
    simulator,
    device,
    async place({ tenant, urgent }: JobWish, key) {
      const id = await stack.submit({
        type: 'automox.servers.batch',
        account: scenario.name,
        params: batchParams(device, key),
        tenant,
        priority: urgent ? 'urgent' : 'normal',
      });
      keys.set(id, key);
    },
    stopStore: () => stack.meter.setDown(true),
    startStore: () => stack.meter.setDown(false),
  });
  await systemClock.sleep(SETTLE_MS);
  const usage = stack.meter.usage();
  const givenUp = await stack.listGivenUp(scenario.name);
  return {
    row: SLUICE_ROW,
    scenario: scenario.name,
    windowMs: WINDOW_MS,
    limit: LIMIT,
    ...run,
    lost: givenUp.map((id) => keys.get(id) ?? id),
    kills: kills.count(),
    usage,
  };
}

/** The last jobs write their rows and give up their messages. */
const SETTLE_MS = 1_000;
