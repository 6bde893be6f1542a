import { describe, expect, it } from 'vitest';
import { ceilingOf } from '../../../bench/compare/ceiling.ts';
import type { Figures } from '../../../bench/compare/figures.ts';
import { type ScenarioName, scenarios } from '../../../bench/compare/scenarios.ts';
import { missedTargets } from '../../../bench/compare/targets.ts';
import { sampleFigures } from './sample-figures.ts';

const good = sampleFigures('sluice', {
  windowMs: 60_000,
  utilization: 0.99,
  receivesMean: 1.2,
  limiterWritesPerCall: 2.2,
  storeWritesPerCall: 5.4,
});

const point = (waiting: number, usdPerMillionJobs: number) => ({
  row: 'sluice',
  waiting,
  served: 100,
  usdPerMillionJobs,
});

describe('the targets', () => {
  it('are met by a run that keeps the limit and uses it', () => {
    expect(missedTargets([good], [point(100, 17), point(1_000_000, 17.2)])).toEqual([]);
  });

  it.each<[string, Partial<Figures>]>([
    ['a window held 6 calls of 5', { fullest: 6 }],
    ['one too many', { violating: 0.01 }],
    ['1 jobs were lost', { lost: 1 }],
    ['97.0 % of the rate was used', { utilization: 0.97 }],
    ['2 jobs were left open', { open: 2 }],
    ['no job was served', { served: 0 }],
    ['received 2.30 times', { receivesMean: 2.3 }],
    ['no window was full', { fullest: 4 }],
    ['the limiter wrote 3.01 times a call', { limiterWritesPerCall: 3.01 }],
    ['all tables were written 6.10 times a call', { storeWritesPerCall: 6.1 }],
  ])('are missed where %s', (text, change) => {
    expect(missedTargets([{ ...good, ...change }], []).join()).toContain(text);
  });

  it('are missed where the run does not say what they ask', () => {
    const { utilization: _rate, receivesMean: _receives, ...mute } = good;
    expect(missedTargets([mute], [])).toHaveLength(2);
    const { limiterWritesPerCall: _limiter, storeWritesPerCall: _all, ...unmetered } = good;
    expect(missedTargets([unmetered], [])).toHaveLength(2);
  });

  it('ask for few writes of all tables where nothing goes wrong, of the limiter where none dies', () => {
    const many = { limiterWritesPerCall: 3.2, storeWritesPerCall: 7 };
    const missedIn = (scenario: ScenarioName) =>
      missedTargets([{ ...good, ...many, scenario }], []);
    expect(missedIn('steady')).toHaveLength(2);
    expect(missedIn('jitter-5')).toHaveLength(1);
    expect(missedIn('kill')).toEqual([]);
  });

  it('leave the jobs alone that wait where the run ends before it could serve them', () => {
    const { utilization: _rate, ...urgent } = good;
    expect(missedTargets([{ ...urgent, scenario: 'urgent', open: 941 }], [])).toEqual([]);
  });

  it('are missed where a job costs more the more wait', () => {
    expect(missedTargets([], [point(100, 17), point(1_000, 18)]).join()).toContain('$17.00 to $18');
  });

  it('ask nothing of the other rows', () => {
    expect(missedTargets([{ ...good, row: 'p-queue', fullest: 9, lost: 3 }], [])).toEqual([]);
  });

  it('ask in real time for the limit alone', () => {
    const real = { ...good, row: 'sluice-stack', utilization: 0.8, receivesMean: 3 };
    expect(missedTargets([real], [])).toEqual([]);
    expect(missedTargets([{ ...real, fullest: 6 }], [])).toHaveLength(1);
  });
});

describe('the ceiling of a scenario', () => {
  const ceilings = new Map(
    scenarios.map((scenario) => [scenario.name, ceilingOf(scenario, 60_000, 'virtual') ?? 0]),
  );

  it('is a window by the time after which a place is free again', () => {
    expect(ceilings.get('steady')).toBeCloseTo(60_000 / (60_000 + 505 + 65), 3);
  });

  it('falls with jitter, kills and storms', () => {
    const { steady = 0, ...others } = Object.fromEntries(ceilings);
    for (const name of ['jitter-5', 'kill', 'storm'] as const) {
      expect(others[name]).toBeLessThan(steady);
    }
  });

  it('loses nothing to a store that is back before a place comes free', () => {
    expect(ceilings.get('store-restart')).toBe(ceilings.get('steady'));
  });

  it('is not below what a row in real time reached in a storm', () => {
    const storm = scenarios.find(({ name }) => name === 'storm');
    expect(storm && ceilingOf(storm, 2_000, 'real')).toBeGreaterThan(0.65);
  });

  it('is nothing where there is no backlog', () => {
    expect(ceilings.get('edge')).toBe(0);
  });
});
