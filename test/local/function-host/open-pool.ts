import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { onTestFinished } from 'vitest';
import type { Environment } from '../../../local/function-host/execution-environment.ts';
import {
  createFunctionPool,
  type FunctionPool,
} from '../../../local/function-host/function-pool.ts';
import {
  type FunctionDefinition,
  startEnvironment,
} from '../../../local/function-host/start-environment.ts';
import {
  type BundledFunction,
  startBundledEnvironment,
} from '../../../local/lambda-runtime/bundled-environment.ts';

/** What `fixtures/obedient.ts` answers. */
export interface Answered {
  readonly pid: number;
  readonly invocations: number;
  readonly running: number;
  readonly env: Readonly<Record<string, string>>;
}

const fixtures = {
  obedient: new URL('./fixtures/obedient.ts', import.meta.url),
  broken: new URL('./fixtures/broken.ts', import.meta.url),
  bounded: new URL('../lambda-runtime/fixtures/bounded.ts', import.meta.url),
  slow: new URL('../lambda-runtime/fixtures/slow.ts', import.meta.url),
};

export type HostName = 'source' | 'bundle';

interface PoolOptions extends Partial<Omit<FunctionDefinition & BundledFunction, 'handlerFile'>> {
  readonly host?: HostName;
  readonly fixture?: keyof typeof fixtures;
  readonly concurrencyMax?: number;
}

/** A pool of environments of a fixture, closed when the test ends. */
export function openPool(options: PoolOptions = {}): FunctionPool {
  const { host = 'source', fixture = 'obedient', concurrencyMax = 1, ...definition } = options;
  const handlerFile = fileURLToPath(fixtures[fixture]);
  const base = { name: 'fixture', environment: {}, timeoutMs: 10_000, ...definition };
  const start =
    host === 'source'
      ? () => startEnvironment({ ...base, handlerFile })
      : startingBundle(handlerFile, base);
  const pool = createFunctionPool({ name: 'fixture', start }, concurrencyMax);
  onTestFinished(() => pool.close());
  return pool;
}

type Defined = Pick<BundledFunction, 'name' | 'environment' | 'timeoutMs'> &
  Partial<BundledFunction>;

/** As the stack does: the function in one file, in a folder of its own. */
function startingBundle(handlerFile: string, definition: Defined): () => Promise<Environment> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-fixture-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'index.mjs');
  buildSync({ entryPoints: [handlerFile], outfile, bundle: true, format: 'esm', platform: 'node' });
  const bundle = {
    folder,
    handler: 'index.handler',
    region: 'eu-west-1',
    memoryMb: 128,
    hosts: [],
  };
  return () => startBundledEnvironment({ ...bundle, ...definition });
}

export const invoke = async (pool: FunctionPool, action: string, text?: string) =>
  (await pool.invoke({ action, text })) as Answered;
