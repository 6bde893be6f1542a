import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../local/simulators/frame/fullest-window.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { startScenario } from '../support/scenario/scenario.ts';
import { answersOf } from '../support/scenario/vendor-record.ts';

const random = seededRandom(3);

/** A call of 100 to 300 ms. */
const latency = () => ({ thereMs: 30 + 30 * random(), backMs: 70 + 170 * random() });

describe('a backlog of jobs under the limit of 100 a second', () => {
  it('is worked off at 90 calls a second, of one tenant, without a 429', async () => {
    const scenario = await startScenario({ latency });
    await scenario.submitMany(2_000, { type: 'automox.policy.stats', params: {} });
    await scenario.submitMany(5, { type: 'automox.policies.export', params: {} });
    const startMs = scenario.clock.nowMs();
    await scenario.clock.advanceBy(seconds(12));
    const sentMs = scenario.simulator.arrivals.map(({ atMs }) => atMs - startMs);
    const sustained = sentMs.filter((atMs) => atMs >= seconds(5));
    expect(sustained.length / 7).toBeGreaterThanOrEqual(90);
    expect(fullestWindow(sentMs, seconds(1))).toBeLessThanOrEqual(100);
    expect(answersOf(scenario.simulator, 429)).toBe(0);
    expect(Math.max(...scenario.receives())).toBe(1);
  });
});
