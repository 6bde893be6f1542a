import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billedKinds, nothingBilled, usdOf } from '../../bench/compare/cost/prices.ts';
import type { Figures } from '../../bench/cost/figures.ts';
import { kinds } from '../../bench/cost/kinds.ts';
import { monthOf, parts, VOLUMES } from '../../bench/cost/month.ts';
import { filesOf } from '../../bench/cost/page.ts';
import { absolute, getPage } from './pages.ts';

const docs = (name: string): string => readFileSync(absolute(`docs/${name}`), 'utf8');
const figures = JSON.parse(docs('cost/figures.json')) as Figures;

describe('the page of costs', () => {
  it.each(Object.entries(filesOf(figures)))(
    'is what figures and prices give: %s (run "npm run docs:cost")',
    (name, content) => {
      expect(docs(name) === content).toBe(true);
    },
  );

  it('leaves no kind of cost out of its parts, and counts none twice', () => {
    expect(Object.values(parts).flat().sort()).toEqual([...billedKinds].sort());
  });
});

describe('docs/deploy.md', () => {
  it('tells the months of one-call jobs as the page of costs has them', () => {
    const [some, many] = [10_000, 1_000_000].map((jobs) => monthOf(figures, 'batch', jobs));
    const told = [some?.idle, some?.all, many?.all].map(
      (it) => `$${Math.round(usdOf(it ?? nothingBilled))}`,
    );
    const { text } = getPage('docs/deploy.md');
    const [costs = ''] = /## Costs\n[^#]*/.exec(text) ?? [];
    expect(costs.match(/\$\d+/g)).toEqual(told);
    expect(costs).toContain('five accounts');
    expect(many?.accounts).toBe(5);
  });
});

describe('a month', () => {
  it.each(kinds)('costs more the more jobs it has: $name', ({ name }) => {
    const months = VOLUMES.map((jobs) => usdOf(monthOf(figures, name, jobs).all));
    expect(months).toEqual([...months].sort((a, b) => a - b));
    expect(new Set(months).size).toBe(VOLUMES.length);
  });

  it.each(kinds)('is what it costs idle and what its jobs use: $name', ({ name }) => {
    const { idle, used, all } = monthOf(figures, name, 10_000);
    expect(usdOf(all)).toBeCloseTo(usdOf(idle) + usdOf(used), 9);
  });

  it('has as many accounts as five batch calls a minute need', () => {
    expect(VOLUMES.map((jobs) => monthOf(figures, 'batch', jobs).accounts)).toEqual([1, 1, 1, 5]);
  });
});
