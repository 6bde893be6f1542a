/** `npm run docs:cost`: counts what jobs and a deployment use, and writes docs/cost.md from it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measureFigures } from './figures.ts';
import { filesOf } from './page.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

const figures = await measureFigures();
await mkdir(`${DOCS}cost`, { recursive: true });
await writeFile(`${DOCS}cost/figures.json`, `${JSON.stringify(figures, undefined, 1)}\n`);
for (const [name, content] of Object.entries(filesOf(figures))) {
  await writeFile(`${DOCS}${name}`, content);
}
