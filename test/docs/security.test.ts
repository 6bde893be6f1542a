import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absolute, getPage, targetOf } from './pages.ts';

const page = getPage('docs/security.md');

/** Every test file, and what shares tests among several of them. */
const files = readdirSync(absolute('test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    path: join('test', name),
    text: readFileSync(absolute(join('test', name)), 'utf8'),
  }));

const claims = [...page.text.matchAll(/^\| (S\d+) \| (.+)$/gm)].map(([, id = '', row = '']) => {
  const [claim = '', tests = '', breaks = '', remains = ''] = row.split(' | ');
  const links = [...tests.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => targetOf(page, link));
  return { id, claim, links, breaks: breaks.trim(), remains };
});
const enforced = claims.filter(({ claim }) => !claim.startsWith('not enforced'));

/** A test or a group of tests whose name begins with the id. */
const isNamedAfter = (id: string, text: string): boolean =>
  new RegExp(`\\b(?:it|describe)\\b[^'"\`\\n]*\\(\\s*['"\`]${id} `).test(text) ||
  new RegExp(`^\\s*\\]?\\)?\\(?['"\`]${id} `, 'm').test(text);

describe('the claims of the security page', () => {
  it('are S1 to S26, each once and in order', () => {
    const ids = Array.from({ length: 26 }, (_, n) => `S${n + 1}`);
    expect(claims.map(({ id }) => id)).toEqual(ids);
  });

  it('are enforced but for those that do not apply', () => {
    expect(claims.filter((it) => !enforced.includes(it)).map(({ id }) => id)).toEqual(['S24']);
  });

  it.each(enforced)('are tested where the page says, by tests named after them: $id', (claim) => {
    const { id, links, breaks } = claim;
    const tested = files.filter(({ text }) => isNamedAfter(id, text)).map(({ path }) => path);
    expect(tested.length).toBeGreaterThan(0);
    const linked = links.filter((link) => link.endsWith('.ts') && !link.startsWith('test/docs/'));
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((link) => !tested.includes(link))).toEqual([]);
    expect(breaks.length).toBeGreaterThan(5);
  });

  it('are told from ids that only begin alike', () => {
    expect(isNamedAfter('S1', "it('S12 names', () => {})")).toBe(false);
    expect(isNamedAfter('S1', "describe.each(x)('S1 a hook', () => {})")).toBe(true);
    expect(isNamedAfter('S1', '// S1 a hook')).toBe(false);
  });
});
