import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../../bench/compare/figures.ts';
import { type ScenarioName, scenarios } from '../../../../bench/compare/scenarios.ts';
import { missedTargets } from '../../../../bench/compare/targets.ts';
import { costOfSluice } from '../../../../bench/compare/virtual/cost-by-backlog.ts';
import { patterns } from '../../../../bench/compare/virtual/patterns.ts';
import { runPattern } from '../../../../bench/compare/virtual/run-pattern.ts';
import { runSluice } from '../../../../bench/compare/virtual/sluice.ts';

function getScenario(name: ScenarioName) {
  const scenario = scenarios.find((it) => it.name === name);
  if (scenario) return scenario;
  throw new RangeError(name);
}

const figuresOfPattern = async (row: string, name: ScenarioName) => {
  const pattern = patterns.find((it) => it.row === row);
  if (!pattern) throw new RangeError(row);
  return figuresOf(await runPattern(pattern, getScenario(name)));
};

describe('Sluice in the benchmark', () => {
  it.each(scenarios)('meets every target: $name', async (scenario) => {
    expect(missedTargets([figuresOf(await runSluice(scenario))], [])).toEqual([]);
  });

  it('has a small tenant wait as one does that comes in the middle of a window', async () => {
    const tenants = await runSluice(getScenario('tenants'));
    const { windowMs, smallWaitMedianMs } = figuresOf(tenants);
    expect((smallWaitMedianMs ?? 0) / windowMs).toBeCloseTo(0.5, 1);
  });

  it('costs the same for a job however many wait', async () => {
    const cost = [await costOfSluice(100), await costOfSluice(10_000)];
    expect(cost.map(({ served }) => served)).toEqual([100, 100]);
    expect(missedTargets([], cost)).toEqual([]);
  });
});

describe('the patterns in the benchmark', () => {
  it('are the same in every run', async () => {
    const first = await figuresOfPattern('deferral-1000', 'jitter-5');
    expect(await figuresOfPattern('deferral-1000', 'jitter-5')).toEqual(first);
  });

  it('show that hiding a message counts its receives: redrive after 5 loses what waits', async () => {
    const { lost, served } = await figuresOfPattern('deferral-5', 'steady');
    expect(lost).toBeGreaterThan(served);
  });

  it('show that two ticks can fall into one window', async () => {
    expect((await figuresOfPattern('scheduler-tick', 'steady')).fullest).toBe(10);
  });

  it('show that one function at a time with a sleep keeps the limit until it is killed', async () => {
    expect((await figuresOfPattern('reserved-concurrency', 'steady')).fullest).toBe(5);
    expect((await figuresOfPattern('reserved-concurrency', 'kill')).fullest).toBeGreaterThan(5);
  });
});
