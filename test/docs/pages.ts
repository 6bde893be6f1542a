/** The documentation as data: pages, headings, links and code, without a Markdown library. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

export interface Page {
  /** From the project's folder: `docs/limiter.md`. */
  readonly path: string;
  readonly text: string;
  /** Without its code, in blocks or inline. */
  readonly prose: string;
  readonly code: readonly CodeBlock[];
  /** All code, in blocks and inline. */
  readonly snippets: string;
  /** As GitHub makes them of headings. */
  readonly anchors: readonly string[];
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

export const pages: readonly Page[] = [
  ...['README.md', 'AGENTS.md', 'CHANGELOG.md', 'local/simulators/README.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
].map(readPage);

export function getPage(path: string): Page {
  const page = pages.find((it) => it.path === path);
  if (page) return page;
  throw new Error(`there is no page ${path}`);
}

/** The file or folder that a relative link of a page means, from the project's folder. */
export const targetOf = (page: Page, link: string): string =>
  relative(root, resolve(root, dirname(page.path), link));

export const absolute = (path: string): string => join(root, path);

function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const code = [...text.matchAll(FENCE)].map(([, language = '', block = '']) => ({
    language,
    text: block,
  }));
  const open = text.replaceAll(FENCE, '');
  const headings = [...open.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
  const inline = [...open.matchAll(/`[^`\n]*`/g)].map(([span]) => span);
  const snippets = [...code.map((block) => block.text), ...inline].join('\n');
  const prose = open.replaceAll(/`[^`\n]*`/g, '');
  return { path, text, prose, code, snippets, anchors: headings.map(anchorOf) };
}

function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
  return words.replaceAll(' ', '-');
}
