import { describe, expect, it } from 'vitest';
import { plotBars, plotCost, plotCourses } from '../../../../bench/compare/page/plots.ts';
import { OVER } from '../../../../bench/compare/page/svg.ts';
import { sampleFigures } from '../sample-figures.ts';

const figures = (row: string, held: readonly number[]) =>
  sampleFigures(row, {
    fullest: Math.max(...held),
    course: held.map((count, atWindows) => ({ atWindows, held: count })),
  });

const countOf = (svg: string, part: string): number => svg.split(part).length - 1;

describe('the plot of calls over time', () => {
  it('paints the calls that were too many, and no others', () => {
    const svg = plotCourses('Calls', [figures('kept', [1, 5, 5]), figures('broken', [4, 6, 9])]);
    expect(countOf(svg, `fill="${OVER}"`)).toBe(2);
    expect(svg).toContain('fullest window: 9');
  });

  it('escapes what would end its text', () => {
    expect(plotCourses('a < b & c', [figures('x', [1])])).toContain('a &lt; b &amp; c');
  });
});

describe('the plot of waits', () => {
  it('says so where a row has no value', () => {
    const svg = plotBars('Wait', 's', [
      { name: 'one', value: 12.4 },
      { name: 'other', value: undefined },
    ]);
    expect(svg).toContain('12 s');
    expect(svg).toContain('not within the run');
  });
});

describe('the plot of cost', () => {
  it('has a line a row and a dot a point, and no figure that is none', () => {
    const points = ['sluice', 'tick'].flatMap((row, index) =>
      [100, 1_000, 10_000].map((waiting) => ({
        row,
        waiting,
        served: 5,
        usdPerMillionJobs: 10 ** (index + 1),
      })),
    );
    const svg = plotCost(points);
    expect(countOf(svg, '<circle')).toBe(6);
    expect(svg).not.toContain('NaN');
  });
});
