import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allCommands } from '../../cli/commands/all-commands.ts';
import { optionNames } from '../../cli/options.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { absolute, getPage, type Page, pages } from './pages.ts';

const capturesOf = ({ snippets }: Page, pattern: RegExp): readonly string[] =>
  [...snippets.matchAll(pattern)].map(([, captured = '']) => captured);

const NPM_OWN = ['ci', 'exec'];

describe('commands of the documentation', () => {
  it.each(pages)('of $path that npm runs are scripts of the project', (page) => {
    const named = capturesOf(page, /\bnpm (?:run )?([a-z]+(?::[a-z]+)*)/g).filter(
      (name) => !NPM_OWN.includes(name),
    );
    const scripts = Object.keys(packageJson.scripts);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it.each(pages)('of $path for the CLI are commands and options that it has', (page) => {
    const lines = capturesOf(page, /npx sluice ([^\n`]+)/g);
    const words = lines.map((line) => line.replace(/^--url "[^"]*" /, '').split(' ')[0] ?? '');
    const options = lines.flatMap((line) =>
      [...line.replaceAll(/'[^']*'/g, '').matchAll(/ --([a-z-]+)/g)].map(([, name = '']) => name),
    );
    const commands = allCommands.map(({ name }) => name);
    expect(words.filter((word) => !commands.includes(word))).toEqual([]);
    expect(options.filter((name) => !optionNames.some((it) => it === name))).toEqual([]);
  });

  it.each(pages)('of $path for node are files that are there', (page) => {
    const files = capturesOf(page, /\bnode ((?:local|infra|cli|docs)\/[\w./-]+\.ts)/g);
    expect(files.filter((file) => !existsSync(absolute(file)))).toEqual([]);
  });
});

describe('the README', () => {
  it('begins with the two commands', () => {
    const [first] = getPage('README.md').code;
    expect(first?.text).toContain('npm ci && npm run demo');
    expect(first?.text).toContain('npm ci && npm test');
  });
});
