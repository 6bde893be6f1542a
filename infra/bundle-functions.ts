/**
 * Bundles the functions of a config: `dist/functions/<name>/index.mjs`, its source map and the config.
 *
 * Guarantees: the same sources and config give the same bytes, so that an unchanged function is not
 * deployed again. Throws where a handler is missing or a bundle outgrows its limit.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { workerContract } from '../functions/worker/contract.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { type FunctionName, functionEntries, type WorkerName } from './function-contracts.ts';
import { makePlainErrors } from './lean-errors.ts';
import {
  credentialProvidersOutsideLambda,
  dropUnusedSchemas,
  versionsOfPackages,
} from './lean-sdk.ts';
import { dropJsonSchemas } from './lean-zod.ts';

export interface BundleOptions {
  /** Says which workers there are, and goes beside the code of each function. */
  readonly config: SluiceConfig;
  /** Holds the `file` of each function's entry. Default: `functions`. */
  readonly functionsFolder?: string;
  /** Emptied first. Default: `dist/functions`. */
  readonly outFolder?: string;
}

interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

export type Bundles = ReadonlyMap<FunctionName, Bundle>;

/** Code is read and compiled at every cold start; workers are what is started most. */
export const WORKER_BYTES_MAX = 675_000;

/** CommonJS dependencies call `require`, which an ES module does not have. */
const REQUIRE_BANNER =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

export async function bundleFunctions({
  config,
  functionsFolder = 'functions',
  outFolder = 'dist/functions',
}: BundleOptions): Promise<Bundles> {
  const entries = functionEntries(config).map(({ name, file }) => ({
    name,
    file: join(functionsFolder, file),
  }));
  const missing = entries.map(({ file }) => file).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`handlers are missing: ${missing.join(', ')}`);
  await rm(outFolder, { recursive: true, force: true });
  const bundled = await Promise.all(
    entries.map(async ({ name, file }) => {
      const folder = resolve(outFolder, name);
      await bundleHandler(file, folder, isWorker(name) ? [dropJsonSchemas] : []);
      await writeFile(join(folder, 'sluice.config.json'), JSON.stringify(config));
      return [name, await measure(name, folder)] as const;
    }),
  );
  return new Map(bundled);
}

/** Minified names are not kept, which would cost 40 kB: each error class states its own name. */
async function bundleHandler(
  entry: string,
  folder: string,
  plugins: readonly Plugin[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    banner: { js: REQUIRE_BANNER },
    external: credentialProvidersOutsideLambda,
    plugins: [dropUnusedSchemas, versionsOfPackages, makePlainErrors, ...plugins],
    logLevel: 'silent',
  });
}

const isWorker = (name: FunctionName): name is WorkerName =>
  name.startsWith(`${workerContract.name}-`);

async function measure(name: FunctionName, folder: string): Promise<Bundle> {
  const code = await readFile(join(folder, 'index.mjs'));
  const bytesMax = isWorker(name) ? WORKER_BYTES_MAX : Number.POSITIVE_INFINITY;
  if (code.byteLength > bytesMax) {
    throw new Error(`the bundle of ${name} has ${code.byteLength} bytes, ${bytesMax} are allowed`);
  }
  return { folder, bytes: code.byteLength, gzipBytes: gzipSync(code).byteLength };
}
