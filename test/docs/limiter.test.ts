import { describe, expect, it } from 'vitest';
import { describeBudgets } from '../../shared/limiter/budget.ts';
import * as timings from '../../shared/limiter/timings.ts';
import { limits } from '../../shared/providers/automox/limits.ts';
import { getPage } from './pages.ts';

describe('the page of the limiter', () => {
  it.each(Object.entries(timings))('names %s with its value', (name, valueMs) => {
    expect(getPage('docs/limiter.md').text).toContain(`| \`${name}\` | ${valueMs} |`);
  });
});

describe('the page of the config', () => {
  const budgets = describeBudgets('automox', 'acme', limits, {});

  it.each(budgets)('names the budget $name as it is by default', (budget) => {
    const row = getPage('docs/config.md')
      .text.split('\n')
      .find((line) => line.startsWith(`| \`${budget.name}\` |`));
    const { requests, windowMs, mode } = budget;
    expect(row).toContain(`| ${requests} in ${windowMs / 1_000} s, ${mode}`);
  });
});
