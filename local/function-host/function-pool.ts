/**
 * The execution environments of one function, as Lambda keeps them: one invocation at a time in each,
 * a new one when all are busy, up to a limit beyond which invocations wait their turn.
 */
import type { Environment } from './execution-environment.ts';
import { InvocationFailed } from './invocation-failed.ts';

export interface PooledFunction {
  readonly name: string;
  /** Resolves once the handler's module is loaded. */
  readonly start: () => Promise<Environment>;
}

export interface FunctionPool {
  invoke(event: unknown): Promise<unknown>;
  /** Starts an environment ahead of the first invocation. */
  warm(): Promise<void>;
  /** Process ids of the environments that are alive. */
  pids(): readonly number[];
  close(): Promise<void>;
}

export function createFunctionPool(
  { name, start }: PooledFunction,
  concurrencyMax: number,
): FunctionPool {
  const all = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  let closed = false;

  const takeSlot = (): Promise<void> => {
    if (taken < concurrencyMax) {
      taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const releaseSlot = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  const takeEnvironment = async (): Promise<Environment> => {
    for (let found = idle.pop(); found; found = idle.pop()) {
      if (found.alive) return found;
      all.delete(found);
    }
    const started = await start();
    all.add(started);
    if (closed) started.kill();
    return started;
  };
  const run = async (use: (environment: Environment) => Promise<unknown>): Promise<unknown> => {
    if (closed) throw new InvocationFailed(`${name}: the stack is stopping`);
    await takeSlot();
    try {
      const environment = await takeEnvironment();
      try {
        return await use(environment);
      } finally {
        if (environment.alive) idle.push(environment);
        else all.delete(environment);
      }
    } finally {
      releaseSlot();
    }
  };

  return {
    invoke: (event) => run((environment) => environment.invoke(event)),
    warm: async () => void (await run(async () => undefined)),
    pids: () => [...all].filter(({ alive }) => alive).flatMap(({ pid }) => pid ?? []),
    async close() {
      closed = true;
      for (const environment of all) environment.kill();
    },
  };
}
