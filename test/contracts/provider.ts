/** What every vendor must be, whoever adds it. One suite, run over each, the template included. */
import { describe } from 'vitest';
import type { AnyAccount, Provider } from '../../shared/providers/provider.ts';
import { describeAccess } from './provider-access.ts';
import { describeAnswers } from './provider-answers.ts';
import { describeJobTypes } from './provider-job-types.ts';
import { describeLimits } from './provider-limits.ts';
import { describeOperations } from './provider-operations.ts';
import { describeThrottling } from './provider-throttling.ts';

export interface ProviderSamples<A extends AnyAccount> {
  /** One for each thing that an account may choose. */
  readonly accounts: readonly [A, ...A[]];
  /** Every host that may ever be called. */
  readonly hosts: readonly string[];
  /** The JSON of an account's secret. Its values must be told apart from any other text. */
  readonly secret: Readonly<Record<string, string>>;
  /** Ids of operations that no caller may run: their answer is a secret, or they know no tenant. */
  readonly withheld?: readonly string[];
}

export interface ProviderCase<A extends AnyAccount> extends ProviderSamples<A> {
  readonly provider: Provider<unknown, A>;
}

export function describeProvider<A extends AnyAccount>(
  provider: Provider<unknown, A>,
  samples: ProviderSamples<A>,
): void {
  const given: ProviderCase<A> = { provider, ...samples };
  describe(`the provider ${provider.name}`, () => {
    describeLimits(given);
    describeOperations(given);
    describeAccess(given);
    describeAnswers(given);
    describeThrottling(given);
    describeJobTypes(given);
  });
}
