import { describe, expect, it } from 'vitest';
import { getPage, pages } from './pages.ts';

/** What only the machine or the people at hand could understand, and words that promise. */
const unfit: readonly RegExp[] = [
  /\/work\/|\/home\/|\/root\/|\/Users\/|[A-Z]:\\/,
  /\bissue #?\d|\b(this|former|next|last) session\b|\b(helper|colleague|fact sheet)s?\b/i,
  /\b(TODO|FIXME|TBD|lorem)\b/,
  /\b(blazing|seamless|effortless|powerful|robust|cutting-edge|world-class|enterprise-grade)/i,
];

describe('the documentation', () => {
  it.each(pages)('says nothing in $path that a stranger could not use', ({ text }) => {
    const found = unfit.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
    expect(found).toEqual([]);
  });

  it.each(pages)('ends every code block of $path', ({ text }) => {
    expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
  });
});

describe('AGENTS.md', () => {
  it('is shorter than 120 lines', () => {
    expect(getPage('AGENTS.md').text.trimEnd().split('\n').length).toBeLessThan(120);
  });
});
