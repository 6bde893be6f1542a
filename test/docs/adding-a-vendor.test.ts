import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absolute, getPage } from './pages.ts';

const page = getPage('docs/adding-a-vendor.md');
const TEMPLATE = 'docs/templates/provider';
const COPY = 'shared/providers/acme';

const files = readdirSync(absolute(TEMPLATE), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort();

/** What the `sed` of the page makes of the imports. */
const copied = (name: string): string =>
  readFileSync(absolute(join(TEMPLATE, name)), 'utf8').replaceAll(/^.*$/gm, (line) =>
    line.replace(/\.\.\/shared\//, ''),
  );

describe('the page about adding a vendor', () => {
  it('says what each file of the template holds, and no other', () => {
    const rows = [...page.text.matchAll(/^\| `([\w/-]+\.ts)` \|/gm)].map(([, name = '']) => name);
    expect(rows.sort()).toEqual(files);
  });

  it('names files that are there', () => {
    const named = [...page.snippets.matchAll(/`((?:shared|functions|local|test)\/[\w./-]+)`/g)];
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !/acme/.test(path) && !existsSync(absolute(path)));
    expect(named.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it.each(files)('leaves imports in the copy of %s that lead somewhere', (name) => {
    const targets = [...copied(name).matchAll(/ from '(\.[^']+)'/g)].map(([, path = '']) =>
      relative('', join(COPY, dirname(name), path)),
    );
    const broken = targets.filter((target) => {
      const own = target.startsWith(COPY) ? relative(COPY, target) : undefined;
      return own === undefined ? !existsSync(absolute(target)) : !files.includes(own);
    });
    expect(broken).toEqual([]);
    expect(copied(name)).not.toContain('/shared/');
  });
});
