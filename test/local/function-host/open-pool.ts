import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import {
  createFunctionPool,
  type FunctionPool,
} from '../../../local/function-host/function-pool.ts';
import type { FunctionDefinition } from '../../../local/function-host/start-environment.ts';

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
};

interface PoolOptions extends Partial<Omit<FunctionDefinition, 'handlerFile'>> {
  readonly fixture?: keyof typeof fixtures;
  readonly concurrencyMax?: number;
}

/** A pool of environments of a fixture, closed when the test ends. */
export function openPool(options: PoolOptions = {}): FunctionPool {
  const { fixture = 'obedient', concurrencyMax = 1, ...definition } = options;
  const handlerFile = fileURLToPath(fixtures[fixture]);
  const pool = createFunctionPool(
    { name: 'fixture', handlerFile, environment: {}, timeoutMs: 10_000, ...definition },
    concurrencyMax,
  );
  onTestFinished(() => pool.close());
  return pool;
}

export const invoke = async (pool: FunctionPool, action: string, text?: string) =>
  (await pool.invoke({ action, text })) as Answered;
