import type { EnvironmentKey } from './environment.ts';

/**
 * What infrastructure and the local stack must know of a function to run it: nothing of its code.
 * `handler.ts` beside the contract exports `handler`.
 */
export interface FunctionContract {
  readonly name: string;
  readonly environment: readonly EnvironmentKey[];
  readonly memoryMb: number;
  readonly timeoutMs: number;
}
