import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../bench/compare/network.ts';
import { createNetworkedVendor } from '../../../bench/compare/networked-vendor.ts';
import { scenarios } from '../../../bench/compare/scenarios.ts';
import { batchBody, ORGANIZATION_ID } from '../../../bench/compare/work.ts';
import { createAutomoxSimulator } from '../../../local/simulators/automox/automox-simulator.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

const WINDOW_MS = 60_000;

function openVendor() {
  const clock = createVirtualClock();
  const simulator = createAutomoxSimulator({ clock, fleet: { devices: 1 } });
  const [device = 0] = simulator.org(ORGANIZATION_ID).devices.keys();
  const storm = scenarios.find(({ name }) => name === 'storm');
  if (storm === undefined) throw new RangeError('storm');
  const counted: number[] = [];
  const network = createNetwork(storm, WINDOW_MS);
  const vendor = createNetworkedVendor(simulator, network, clock, () => {
    counted.push(clock.monotonicMs());
  });
  return {
    clock,
    vendor,
    counted,
    /** The status of a call that is sent now, and how long it took. */
    async call() {
      const sentAtMs = clock.monotonicMs();
      let status: number | undefined;
      const answer = vendor.handle({
        method: 'POST',
        path: '/api/servers/batch',
        query: new URLSearchParams({ o: String(ORGANIZATION_ID) }),
        headers: { authorization: 'Bearer automox-key', 'content-type': 'application/json' },
        body: Buffer.from(batchBody(device, 'bench-0')),
      });
      void answer.then((it) => {
        status = it.status;
      });
      await clock.runUntil(() => status !== undefined);
      return { status, tookMs: clock.monotonicMs() - sentAtMs };
    },
  };
}

describe('the vendor behind the network of a scenario', () => {
  it('counts a call on its arrival, while its answer is still on the way', async () => {
    const { call, counted } = openVendor();
    const { status, tookMs } = await call();
    expect(status).toBe(200);
    expect(counted[0]).toBeGreaterThanOrEqual(15);
    expect(tookMs - (counted[0] ?? 0)).toBeGreaterThanOrEqual(25);
  });

  it('refuses what arrives in a storm, however much later than its making the run began', async () => {
    const { clock, vendor, call } = openVendor();
    await clock.advanceBy(4 * WINDOW_MS);
    vendor.startNow();
    expect((await call()).status).toBe(200);
    await clock.advanceBy(4 * WINDOW_MS);
    expect((await call()).status).toBe(429);
    await clock.advanceBy(WINDOW_MS);
    expect((await call()).status).toBe(200);
  });
});
