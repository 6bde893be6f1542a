import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VISIBILITY_TIMEOUT_MS } from '../../shared/config/topology.ts';
import { isOutcome } from '../../shared/jobs/states.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { createLife } from '../support/mortal.ts';
import { batchBudget } from '../support/scenario/deployment.ts';
import { type Scenario, startScenario } from '../support/scenario/scenario.ts';
import { ORG } from '../support/scenario/scenario-vendor.ts';
import { BATCH, fullestMinute, POLICY_RUN } from '../support/scenario/vendor-record.ts';

const fault = fc.constantFrom(
  { kind: 'throttle' as const, retryAfterSeconds: 20 },
  { kind: 'throttle' as const },
  { kind: 'status' as const, status: 500, acted: true },
  { kind: 'status' as const, status: 503, acted: false },
  { kind: 'html' as const, status: 502, acted: true },
  { kind: 'cut' as const },
  { kind: 'silence' as const },
  { kind: 'half-body' as const },
  { kind: 'slow' as const, delayMs: 9_000 },
  { kind: 'slow' as const, delayMs: 20_000 },
);

const misfortunes = fc.record({
  seed: fc.nat(),
  /** Share of invocations whose process is killed. */
  killedShare: fc.constantFrom(0, 0.1, 0.3),
  faults: fc.array(fc.record({ skip: fc.nat(6), fault }), { maxLength: 6 }),
  /** For how long the batch budget is paused, soon after the start. */
  pausedMs: fc.constantFrom(0, 90_000),
});

/** Three tenants with batch jobs, one of them urgent, and a policy run for each of ten devices. */
async function submitAll({ submit, submitMany, simulator }: Scenario): Promise<void> {
  const { policies, devices } = simulator.org(ORG);
  const [policyId] = policies.keys();
  for (const tenant of ['a', 'b', 'c']) await submitMany(5, { tenant });
  await submit({ priority: 'urgent' });
  for (const device of [...devices.keys()].slice(0, 10)) {
    await submit({ type: 'automox.policy.run', params: { policyId, devices: [device] } });
  }
}

async function pauseFor({ limiter, clock }: Scenario, pausedMs: number): Promise<void> {
  if (pausedMs === 0) return;
  await clock.advanceBy(5_000);
  await limiter.pause(batchBudget);
  await clock.advanceBy(pausedMs);
  await limiter.resume(batchBudget);
}

describe('whatever goes wrong at the vendor and with the workers', () => {
  it('every job ends, no limit is exceeded, and no policy runs twice on a device', async () => {
    const property = fc.asyncProperty(misfortunes, async (plan) => {
      const random = seededRandom(plan.seed);
      const scenario = await startScenario({
        lifeOf: () =>
          random() < plan.killedShare ? createLife(1 + Math.floor(random() * 14)) : undefined,
      });
      const { simulator, clock, lane } = scenario;
      for (const { skip, fault: each } of plan.faults) simulator.faults.add({ skip, fault: each });
      await submitAll(scenario);
      await pauseFor(scenario, plan.pausedMs);
      const jobs = await scenario.finishAll();
      await clock.advanceBy(VISIBILITY_TIMEOUT_MS);

      expect(jobs.every(({ status }) => isOutcome(status))).toBe(true);
      expect(fullestMinute(simulator, BATCH)).toBeLessThanOrEqual(5);
      expect(simulator.audit().limits['account']?.fullest).toBeLessThanOrEqual(100);
      const runs = simulator.arrivals.filter(
        ({ operation, effects }) => operation === POLICY_RUN && effects > 0,
      );
      const bodies = runs.map(({ bodyDigest }) => bodyDigest);
      expect(new Set(bodies).size).toBe(bodies.length);
      expect([lane.backlog(), lane.deadLetters()]).toEqual([0, 0]);
    });
    await fc.assert(property, { seed: 20_260_301, numRuns: 30 });
  });
});
