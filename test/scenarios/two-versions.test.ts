import { describe, expect, it } from 'vitest';
import { startScenario } from '../support/scenario/scenario.ts';
import { runTwoVersions, type Stores, type TwoVersions } from '../support/scenario/two-versions.ts';
import { BATCH, fullestMinute } from '../support/scenario/vendor-record.ts';

/** Every second delivery, and so about every second permit and row, is the newer version's. */
function alternating() {
  let versions: TwoVersions | undefined;
  return {
    storesOf(invocation: number, stores: Stores): Stores {
      versions ??= runTwoVersions(stores);
      return invocation % 2 === 0 ? versions.newer : versions.older;
    },
    told: () => versions,
  };
}

describe('two versions of the code that work on the same jobs during a deployment', () => {
  it('finish them all at the vendor’s rate, and lose nothing that the newer one keeps', async () => {
    const { storesOf, told } = alternating();
    const scenario = await startScenario({ storesOf });
    for (const tenant of ['a', 'b', 'c']) await scenario.submitMany(6, { tenant });
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ status }) => status)).toEqual(Array(18).fill('succeeded'));
    expect(jobs.map(({ attempts }) => attempts)).toEqual(Array(18).fill(1));
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
    expect(scenario.log.complaints).toEqual([]);
    expect(told()?.losses).toEqual([]);
    expect(told()?.writes.newer).toBeGreaterThan(18);
    expect(told()?.writes.older).toBeGreaterThan(18);
  });
});
