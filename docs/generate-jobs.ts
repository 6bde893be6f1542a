/** `node docs/generate-jobs.ts`: writes the pages that follow from schemas and tables. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedPages } from './generate/generated-pages.ts';

for (const [path, text] of Object.entries(generatedPages())) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
}
