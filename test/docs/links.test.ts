import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { absolute, type Page, pages, targetOf } from './pages.ts';

const linksOf = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);

const isOutside = (link: string): boolean => /^https:\/\//.test(link);

describe('links of the documentation', () => {
  it.each(pages)('of $path lead to files and headings that are there', (page) => {
    const broken = linksOf(page)
      .filter((link) => !isOutside(link))
      .filter((link) => !isThere(page, link));
    expect(broken).toEqual([]);
  });

  it('lead from the README to every page of docs', () => {
    const readme = pages.filter(({ path }) => path === 'README.md');
    const linked = readme.flatMap((page) => linksOf(page).map((link) => link.split('#')[0]));
    const top = pages.map(({ path }) => path).filter((path) => /^docs\/[^/]+\.md$/.test(path));
    expect(top.filter((path) => !linked.includes(path))).toEqual([]);
  });

  it('lead from the list of decisions to each of them', () => {
    const list = pages.filter(({ path }) => path === 'docs/decisions/README.md');
    const linked = list.flatMap((page) => linksOf(page).map((link) => targetOf(page, link)));
    const decisions = pages.filter(({ path }) => /^docs\/decisions\/\d{4}-/.test(path));
    expect(decisions.map(({ path }) => path).sort()).toEqual([...linked].sort());
  });
});

function isThere(page: Page, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.path : targetOf(page, file);
  if (target.startsWith('..') || !existsSync(absolute(target))) return false;
  if (anchor === undefined) return true;
  return pages.some((it) => it.path === target && it.anchors.includes(anchor));
}
