/** One peer through one scenario, in real time and processes of its own. */
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import { systemClock } from '../../../shared/kernel/clock.ts';
import { createNetwork } from '../network.ts';
import { createNetworkedVendor } from '../networked-vendor.ts';
import type { RunFacts } from '../run-facts.ts';
import { LIMIT, type Scenario } from '../scenarios.ts';
import { ORGANIZATION_ID } from '../work.ts';
import { createRealKills, drive } from './drive.ts';
import { lostOf } from './lost-jobs.ts';
import { startPeerWorkers } from './peer-workers.ts';
import type { RealRow } from './real-rows.ts';
import { startRedis } from './redis.ts';
import { startVendorServer } from './vendor-server.ts';
import { WINDOW_MS, WINDOW_SCALE } from './window.ts';

export async function runPeer(row: RealRow, scenario: Scenario): Promise<RunFacts> {
  const redis = row.usesRedis ? await startRedis() : undefined;
  const simulator = createAutomoxSimulator({ fleet: { devices: 20 }, windowScale: WINDOW_SCALE });
  const [device = 0] = simulator.org(ORGANIZATION_ID).devices.keys();
  const network = createNetwork(scenario, WINDOW_MS);
  let onCounted = (): void => undefined;
  const vendor = createNetworkedVendor(simulator, network, systemClock, () => onCounted());
  const server = await startVendorServer(vendor);
  const start = { peer: row.row, limit: LIMIT, windowMs: WINDOW_MS, vendorUrl: server.url, device };
  const workers = await startPeerWorkers(
    redis === undefined ? start : { ...start, redisPort: redis.port },
    row,
  );
  try {
    const commandsBefore = (await redis?.commands()) ?? 0;
    vendor.startNow();
    const kills = createRealKills(scenario, () => void workers.killAll());
    onCounted = kills.onCounted;
    const run = await drive({
      scenario,
      simulator,
      device,
      place: ({ urgent }, key) => workers.add({ key, urgent }),
      stopStore: () => redis?.kill(),
      startStore: () => redis?.start(),
    });
    const commands = redis && scenario.storeDown === undefined ? await redis.commands() : undefined;
    return {
      row: row.row,
      scenario: scenario.name,
      windowMs: WINDOW_MS,
      limit: LIMIT,
      ...run,
      lost: lostOf(workers.forgotten(), run.calls),
      kills: kills.count(),
      usage: commands === undefined ? {} : { redisCommands: commands - commandsBefore },
    };
  } finally {
    await workers.close();
    await server.close();
    await redis?.close();
  }
}
