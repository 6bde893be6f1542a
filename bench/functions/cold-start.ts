/** How large each function's bundle is, and how long a fresh process takes to load it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunctions } from '../../infra/bundle-functions.ts';
import { environmentNames } from '../../shared/config/environment.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { percentile } from '../compare/statistics.ts';

export interface ColdStart {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Median of the imports, each in a new process, without the start of Node itself. */
  readonly importMs: number;
}

const run = promisify(execFile);

const IMPORTS = 11;

export async function measureColdStarts(config: SluiceConfig): Promise<readonly ColdStart[]> {
  const outFolder = await mkdtemp(join(tmpdir(), 'sluice-bench-bundles-'));
  try {
    const bundles = await bundleFunctions({ config, outFolder });
    const starts: ColdStart[] = [];
    for (const [name, { folder, bytes, gzipBytes }] of bundles) {
      const times: number[] = [];
      while (times.length < IMPORTS) times.push(await importMs(folder));
      starts.push({ name, bytes, gzipBytes, importMs: percentile(times, 50) ?? Number.NaN });
    }
    return starts;
  } finally {
    await rm(outFolder, { recursive: true, force: true });
  }
}

async function importMs(folder: string): Promise<number> {
  const url = pathToFileURL(join(folder, 'index.mjs')).href;
  const code = `const t = performance.now(); await import(${JSON.stringify(url)});
console.log(performance.now() - t); process.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
    env: environmentOf(folder),
  });
  return Number(stdout.trim().split('\n').at(-1));
}

/** Values of the right form; nothing is called by loading. */
const environmentOf = (folder: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.values(environmentNames).map((name) => [name, 'bench'])),
  [environmentNames.configFile]: join(folder, 'sluice.config.json'),
  [environmentNames.queueUrls]: JSON.stringify({ automox: 'https://sqs.invalid/queue' }),
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
});
