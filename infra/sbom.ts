/**
 * `npm run sbom`: writes what is installed as a CycloneDX bill of materials. Exit code 1 where it does not
 * parse or a runtime dependency is missing in it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };
import { readSbom } from './dependency-report.ts';

const FILE = 'dist/sbom.cdx.json';

// All of it: `--omit dev` of npm 11 leaves out what development needs too, zod among it.
const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { components, missing } = readSbom(text, packageJson.dependencies);
mkdirSync('dist', { recursive: true });
writeFileSync(FILE, text);
console.log(`${FILE}: ${components} components`);
for (const name of missing) console.error(`MISSING ${name}`);
process.exitCode = missing.length === 0 ? 0 : 1;
