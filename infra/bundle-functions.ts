/**
 * Bundles every function: `dist/functions/<name>/index.mjs`, its source map and the config.
 *
 * Guarantees: the same sources and config give the same bytes, so that an unchanged function is not
 * deployed again. Throws where a handler is missing or a bundle outgrows its limit.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { type FunctionName, functionContracts } from './function-contracts.ts';
import { credentialProvidersOutsideLambda, dropUnusedSchemas } from './lean-sdk.ts';

export interface BundleOptions {
  /** Goes beside the code of each function. */
  readonly config: SluiceConfig;
  /** Holds `<name>/handler.ts` of each function. Default: `functions`. */
  readonly functionsFolder?: string;
  /** Emptied first. Default: `dist/functions`. */
  readonly outFolder?: string;
}

interface Bundle {
  readonly folder: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

export type Bundles = Readonly<Record<FunctionName, Bundle>>;

/** Code is read and compiled at every cold start; the worker is the one that grows. */
const BUNDLE_BYTES_MAX: Partial<Record<FunctionName, number>> = { worker: 650_000 };

/** CommonJS dependencies call `require`, which an ES module does not have. */
const REQUIRE_BANNER =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

export async function bundleFunctions({
  config,
  functionsFolder = 'functions',
  outFolder = 'dist/functions',
}: BundleOptions): Promise<Bundles> {
  const names = functionContracts.map(({ name }) => name);
  const entryOf = (name: FunctionName): string => join(functionsFolder, name, 'handler.ts');
  const missing = names.map(entryOf).filter((entry) => !existsSync(entry));
  if (missing.length > 0) throw new Error(`handlers are missing: ${missing.join(', ')}`);
  await rm(outFolder, { recursive: true, force: true });
  const bundled = await Promise.all(
    names.map(async (name) => {
      const folder = resolve(outFolder, name);
      await bundleHandler(entryOf(name), folder);
      await writeFile(join(folder, 'sluice.config.json'), JSON.stringify(config));
      return [name, await measure(name, folder)] as const;
    }),
  );
  return Object.fromEntries(bundled) as Bundles;
}

/** Minified names are not kept, which would cost 40 kB: each error class states its own name. */
async function bundleHandler(entry: string, folder: string): Promise<void> {
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
    plugins: [dropUnusedSchemas],
    logLevel: 'silent',
  });
}

async function measure(name: FunctionName, folder: string): Promise<Bundle> {
  const code = await readFile(join(folder, 'index.mjs'));
  const bytesMax = BUNDLE_BYTES_MAX[name] ?? Number.POSITIVE_INFINITY;
  if (code.byteLength > bytesMax) {
    throw new Error(`the ${name}'s bundle has ${code.byteLength} bytes, ${bytesMax} are allowed`);
  }
  return { folder, bytes: code.byteLength, gzipBytes: gzipSync(code).byteLength };
}
