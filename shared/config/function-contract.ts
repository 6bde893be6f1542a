import type { ProviderName } from './account.ts';
import type { EnvironmentKey } from './environment.ts';

/** What infrastructure and the local stack must know of a function to run it: nothing of its code. */
export interface FunctionContract {
  readonly name: string;
  readonly environment: readonly EnvironmentKey[];
  readonly memoryMb: number;
  readonly timeoutMs: number;
}

/** One deployment of a function: `api`, `worker-automox`. */
export const functionLabel = <Name extends string, Provider extends ProviderName>(
  name: Name,
  provider: Provider,
): `${Name}-${Provider}` => `${name}-${provider}`;

/** The module below `functions/` that exports `handler`; the worker has one for each provider. */
export const handlerFile = (name: string, provider?: ProviderName): string =>
  provider === undefined ? `${name}/handler.ts` : `${name}/handler-${provider}.ts`;
