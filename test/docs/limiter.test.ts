import { describe, expect, it } from 'vitest';
import * as timings from '../../shared/limiter/timings.ts';
import { limits } from '../../shared/providers/automox/limits.ts';
import { getPage } from './pages.ts';

describe('the page of the limiter', () => {
  it.each(Object.entries(timings))('names %s with its value', (name, valueMs) => {
    expect(getPage('docs/limiter.md').text).toContain(`| \`${name}\` | ${valueMs} |`);
  });
});

describe('the page of the config', () => {
  it.each(limits)('names the budget $budget as it is by default', (limit) => {
    const row = getPage('docs/config.md')
      .text.split('\n')
      .find((line) => line.startsWith(`| \`${limit.budget}\` |`));
    const { requests, margin, windowMs, mode } = limit;
    expect(row).toContain(`| ${requests - margin} in ${windowMs / 1_000} s, ${mode}`);
  });
});
