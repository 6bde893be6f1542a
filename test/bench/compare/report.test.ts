import { describe, expect, it } from 'vitest';
import type { BenchRun } from '../../../bench/compare/bench-run.ts';
import { describeRun } from '../../../bench/compare/report.ts';

const run: BenchRun = {
  startedAt: '2027-03-01T02:00:00.000Z',
  durationS: 1,
  machine: { cores: 2, model: 'x', node: 'v24', loadBefore: 0, loadAfter: 0 },
  virtual: [],
  real: [],
  cost: [],
  absent: [],
  missed: [],
};

describe('a run for the terminal', () => {
  it('says that targets are missed, each in its line', () => {
    expect(describeRun({ ...run, missed: ['one', 'two'] })).toMatch(
      /MISSED {2}one\nMISSED {2}two$/,
    );
  });

  it('does not say that Sluice met its targets where it was not in the run', () => {
    expect(describeRun(run)).toMatch(/Sluice was not in this run$/);
  });
});
