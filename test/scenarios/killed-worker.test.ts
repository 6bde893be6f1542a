import { describe, expect, it } from 'vitest';
import { FUNCTION_TIMEOUT_MS, VISIBILITY_TIMEOUT_MS } from '../../shared/config/topology.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { createLife } from '../support/mortal.ts';
import { type JobWish, type Scenario, startScenario } from '../support/scenario/scenario.ts';
import { ORG } from '../support/scenario/scenario-vendor.ts';
import { BATCH, effectsOf, fullestMinute, POLICY_RUN } from '../support/scenario/vendor-record.ts';

interface Survival {
  readonly scenario: Scenario;
  readonly jobs: readonly Job[];
  /** The step after which the worker of the first invocation was killed. */
  readonly steps: number;
}

/**
 * The same jobs again and again; the first worker dies after its first call of a port, then after
 * its second, and so on, until it outlives its job.
 */
async function killAtEachStep(
  wishOf: (scenario: Scenario) => Partial<JobWish>,
  jobCount: number,
): Promise<Survival[]> {
  const survivals: Survival[] = [];
  for (let steps = 1; ; steps += 1) {
    const life = createLife(steps);
    const scenario = await startScenario({ lifeOf: (nth) => (nth === 1 ? life : undefined) });
    await scenario.submitMany(jobCount, wishOf(scenario));
    survivals.push({ scenario, jobs: await scenario.finishAll(), steps });
    if (!life.over) return survivals;
    await scenario.clock.advanceBy(VISIBILITY_TIMEOUT_MS);
    expect([scenario.lane.backlog(), scenario.lane.deadLetters()]).toEqual([0, 0]);
  }
}

describe('a worker killed at each of its steps', () => {
  it('loses no batch job, and the limit holds over its unsettled permit', async () => {
    const survivals = await killAtEachStep(() => ({}), 7);
    expect(survivals.length).toBeGreaterThan(8);
    for (const { scenario, jobs } of survivals) {
      expect(jobs.map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
      expect(effectsOf(scenario.simulator, BATCH)).toBeGreaterThanOrEqual(7);
      expect(effectsOf(scenario.simulator, BATCH)).toBeLessThanOrEqual(8);
      expect(fullestMinute(scenario.simulator, BATCH)).toBeLessThanOrEqual(5);
    }
  });

  it('never runs a policy twice: it ran, or the job says that nobody can know', async () => {
    const survivals = await killAtEachStep(
      ({ simulator }) => ({
        type: 'automox.policy.run',
        params: { policyId: [...simulator.org(ORG).policies.keys()][0] },
      }),
      1,
    );
    const outcomes = new Set<string>();
    for (const { scenario, jobs } of survivals) {
      const [job] = jobs;
      const runs = effectsOf(scenario.simulator, POLICY_RUN);
      outcomes.add(`${job?.status}, ran ${runs}`);
    }
    expect([...outcomes].toSorted()).toEqual([
      'succeeded, ran 1',
      'uncertain, ran 0',
      'uncertain, ran 1',
    ]);
  });

  it('is uncertain of a policy run exactly from the ledger entry to the stored end', async () => {
    const survivals = await killAtEachStep(
      ({ simulator }) => ({
        type: 'automox.policy.run',
        params: { policyId: [...simulator.org(ORG).policies.keys()][0] },
      }),
      1,
    );
    const statuses = survivals.map(({ jobs: [job] }) => job?.status);
    const first = statuses.indexOf('uncertain');
    const last = statuses.lastIndexOf('uncertain');
    expect(first).toBeGreaterThan(0);
    expect(new Set(statuses.slice(first, last + 1))).toEqual(new Set(['uncertain']));
    expect(new Set([...statuses.slice(0, first), ...statuses.slice(last + 1)])).toEqual(
      new Set(['succeeded']),
    );
  });
});

/** Row, budget read and taken, row, message, request: its answer finds nobody. */
const STEPS_TO_CALL = 7;

describe("a killed worker's line", () => {
  it('goes on once the function would have ended, long before the queue would give it back', async () => {
    const scenario = await startScenario({
      lifeOf: (nth) => (nth === 1 ? createLife(STEPS_TO_CALL) : undefined),
    });
    const startedAtMs = scenario.clock.nowMs();
    await scenario.submitMany(2);
    await scenario.finishAll();
    const [killed, again, next] = scenario.simulator.arrivals.map(({ atMs }) => atMs - startedAtMs);
    expect(killed).toBeLessThan(1_000);
    expect(again).toBeGreaterThan(FUNCTION_TIMEOUT_MS);
    expect(next).toBeLessThan(FUNCTION_TIMEOUT_MS + 10_000);
  });
});

describe('workers of which every third is killed', () => {
  it('finish a backlog, with no call over the limit', async () => {
    const scenario = await startScenario({
      lifeOf: (nth) => (nth % 3 === 0 ? createLife(1 + (nth % 11)) : undefined),
    });
    await scenario.submitMany(40);
    const jobs = await scenario.finishAll();
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['succeeded']));
    expect(fullestMinute(scenario.simulator, BATCH)).toBeLessThanOrEqual(5);
    expect(scenario.lane.deadLetters()).toBe(0);
  });
});
