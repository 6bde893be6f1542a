import { describe, expect, it } from 'vitest';
import { fleetVendors } from '../../bench/fleet/fleet-vendors.ts';
import type { SimulatorOf } from '../../local/stack/vendor-simulators.ts';
import type { ProviderName } from '../../shared/config/account.ts';
import { retryJob } from '../../shared/jobs/control-job.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { type Rotation, rotations } from '../support/scenario/rotations.ts';
import { startVendorScenario, type VendorScenario } from '../support/scenario/scenario.ts';
import { ACCOUNT } from '../support/scenario/scenario-vendor.ts';

/** As docs/runbook.md has it: for so long the first key goes on working once the next one is put. */
const OVERLAP_MS = minutes(5);

const providers: readonly ProviderName[] = ['automox', 'opsramp', 'amp'];

async function startRotation<P extends ProviderName>(provider: P) {
  const rotation: Rotation<P> = rotations[provider];
  const scenario: VendorScenario<SimulatorOf<P>> = await startVendorScenario(rotation.vendor);
  const { simulator, clock } = scenario;
  fleetVendors[provider].ready(simulator, ACCOUNT);
  return {
    ...scenario,
    ...rotation,
    /** Steps one and two of the runbook. */
    putNext() {
      rotation.makeNext(simulator);
      scenario.putSecret(rotation.next);
    },
    revokeFirst: () => rotation.revokeFirst(simulator),
    /** A reading job every ten seconds, for so long. */
    async goOn(forMs: number) {
      const endsAtMs = clock.nowMs() + forMs;
      while (clock.nowMs() < endsAtMs) {
        await scenario.submit(rotation.read);
        await clock.advanceTo(Math.min(clock.nowMs() + seconds(10), endsAtMs));
      }
    },
    /** Of keys and tokens, and of nothing else: no job may act where it must not. */
    refusals: () =>
      simulator.arrivals.filter(({ status = 0 }) => [401, 403, 407].includes(status)).length,
    writesSeen: () =>
      simulator.arrivals.filter(({ operation }) => operation === rotation.writes.operation).length,
    effects: () => simulator.arrivals.reduce((sum, { effects }) => sum + effects, 0),
  };
}

/** No job failed or tried again, and each attempt is a request that the vendor saw. */
function expectUnharmed(jobs: readonly Job[], arrivals: readonly unknown[]): void {
  expect(jobs.map(({ status, failures }) => [status, failures])).toEqual(
    jobs.map(() => ['succeeded', 0]),
  );
  expect(jobs.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(arrivals.length);
}

describe.each(providers)('S11 a key of %s that is rotated while jobs run', (provider) => {
  it('is never refused where the first one is revoked five minutes after the next was put', async () => {
    const running = await startRotation(provider);
    // Read right before the next one is put: no worker could hold the first one for longer.
    await running.submit(running.read);
    await running.finishAll();
    running.putNext();
    await running.goOn(OVERLAP_MS);
    expect(running.secretReads()).toBe(1);
    running.revokeFirst();
    await running.goOn(minutes(6));
    const jobs = await running.finishAll();
    expectUnharmed(jobs, running.simulator.arrivals);
    expect(running.refusals()).toBe(0);
    expect(running.secretReads()).toBe(3);
    expect(running.log.complaints).toEqual([]);
  });

  it('is read anew once where the first one is revoked too early, in the middle of a job', async () => {
    const running = await startRotation(provider);
    await running.submit(running.write);
    await running.clock.runUntil(() => running.writesSeen() > 0);
    expect(running.effects()).toBeLessThan(running.writes.effects);
    running.putNext();
    running.revokeFirst();
    const jobs = await running.finishAll();
    expectUnharmed(jobs, running.simulator.arrivals);
    expect(running.effects()).toBe(running.writes.effects);
    expect(running.refusals()).toBe(running.refusalsOfDeadKey);
    expect(running.secretReads()).toBe(2);
  });

  it('is read anew once for jobs of many tenants that are refused together', async () => {
    const running = await startRotation(provider);
    await running.submit(running.read);
    await running.finishAll();
    running.putNext();
    running.revokeFirst();
    for (const tenant of ['a', 'b', 'c', 'd']) await running.submit({ ...running.read, tenant });
    const jobs = await running.finishAll();
    expectUnharmed(jobs, running.simulator.arrivals);
    expect(running.refusals()).toBeGreaterThan(0);
    expect(running.refusals()).toBeLessThanOrEqual(4 * running.refusalsOfDeadKey);
    expect(running.secretReads()).toBe(2);
  });

  it('fails a job that meets the dead key before the next is put; started again, it succeeds', async () => {
    const running = await startRotation(provider);
    running.makeNext(running.simulator);
    running.revokeFirst();
    const { id } = await running.submit(running.read);
    await running.finishAll();
    expect(await running.job(id)).toMatchObject({
      status: 'failed',
      error: { code: 'provider.unauthorized', vendorStatus: 401 },
    });
    running.putNext();
    await retryJob(running.control, id);
    await running.clock.runUntil(() => running.announcer.announced.length === 2);
    expect(await running.job(id)).toMatchObject({ status: 'succeeded' });
  });
});
