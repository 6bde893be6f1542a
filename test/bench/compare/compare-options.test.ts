import { describe, expect, it } from 'vitest';
import { parseCompareOptions } from '../../../bench/compare/compare-options.ts';
import { scenarioNames } from '../../../bench/compare/scenarios.ts';

describe('the options of the benchmark', () => {
  it('are everything by default', () => {
    const { rows, scenarios, write } = parseCompareOptions([]);
    expect(rows).toHaveLength(14);
    expect(scenarios).toEqual(scenarioNames);
    expect(write).toBe(false);
  });

  it('name rows and scenarios', () => {
    const options = parseCompareOptions(['--only', 'sluice', '--scenario', 'edge']);
    expect(options).toMatchObject({ rows: ['sluice'], scenarios: ['edge'] });
  });

  it('refuse a row that is not there, naming those that are', () => {
    expect(() => parseCompareOptions(['--only', 'redis'])).toThrow(/--only must be one of sluice,/);
  });

  it('refuse to write the page from a part of the run', () => {
    expect(() => parseCompareOptions(['--write', '--quick'])).toThrow(
      /--write needs the whole run/,
    );
  });
});
