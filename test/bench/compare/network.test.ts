import { describe, expect, it } from 'vitest';
import { createNetwork, meanJourneyMs } from '../../../bench/compare/network.ts';
import { type ScenarioName, scenarios } from '../../../bench/compare/scenarios.ts';

const WINDOW_MS = 60_000;

function getScenario(name: ScenarioName) {
  const scenario = scenarios.find((it) => it.name === name);
  if (scenario) return scenario;
  throw new RangeError(name);
}

const journeys = (name: ScenarioName, count: number) => {
  const network = createNetwork(getScenario(name), WINDOW_MS);
  return Array.from({ length: count }, () => network.next());
};

describe('the network of a scenario', () => {
  it('is the same for every row', () => {
    expect(journeys('jitter-5', 50)).toEqual(journeys('jitter-5', 50));
  });

  it('jitters on the way there by no more than the scenario says', () => {
    const there = journeys('jitter-5', 500).map(({ thereMs }) => thereMs);
    expect(Math.max(...there) - Math.min(...there)).toBeLessThanOrEqual(0.05 * WINDOW_MS);
    expect(Math.max(...there)).toBeGreaterThan(0.045 * WINDOW_MS);
  });

  it('is late with one answer of a hundred, and before the call would be given up', () => {
    const late = journeys('slow', 300).filter(({ backMs }) => backMs > 1_000);
    expect(late).toHaveLength(3);
    expect(Math.max(...late.map(({ thereMs, backMs }) => thereMs + backMs))).toBeLessThan(15_000);
  });

  it('refuses for the seconds that are left of a storm, and outside of it not', () => {
    const network = createNetwork(getScenario('storm'), WINDOW_MS);
    const at = [2.9, 3, 4.99, 5].map((windows) => network.refusalSeconds(windows * WINDOW_MS));
    expect(at).toEqual([undefined, 120, 1, undefined]);
  });

  it('takes on average what it is said to', () => {
    const all = journeys('jitter-1', 5_000).map(({ thereMs, backMs }) => thereMs + backMs);
    const average = all.reduce((sum, ms) => sum + ms, 0) / all.length;
    expect(average / meanJourneyMs(getScenario('jitter-1'), WINDOW_MS)).toBeCloseTo(1, 1);
  });
});
