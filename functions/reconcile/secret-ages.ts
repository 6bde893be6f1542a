import type { SecretVersions } from '../../shared/aws/secret-versions.ts';
import { toSluiceError } from '../../shared/errors/sluice-error.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { days } from '../../shared/kernel/duration.ts';
import type { Log } from '../../shared/lambda/log.ts';
import type { FunctionMetrics } from '../metrics.ts';

export interface SecretAgesDeps {
  readonly versions: SecretVersions;
  readonly secretIds: readonly string[];
  readonly clock: Clock;
  readonly metrics: FunctionMetrics;
  readonly log: Log;
}

/** Tells how old the value of each secret is; one without a value has no age. Reads no value. */
export const createSecretAges = (deps: SecretAgesDeps) => async () => {
  const found = await Promise.all(deps.secretIds.map((id) => findAgeDays(deps, id)));
  const ages = found.filter((age) => age !== undefined);
  if (ages.length > 0) deps.metrics.add('OldestSecretAgeDays', Math.max(...ages), {});
  return { secrets: ages.length };
};

async function findAgeDays(deps: SecretAgesDeps, secretId: string): Promise<number | undefined> {
  const { versions, clock, log } = deps;
  try {
    const createdAtMs = await versions.findCurrentCreatedAtMs(secretId);
    if (createdAtMs === undefined) return undefined;
    const ageDays = Math.floor((clock.nowMs() - createdAtMs) / days(1));
    log.info('age of a secret', { secretId, ageDays });
    return ageDays;
  } catch (error) {
    log.error('the age of a secret is not known', {
      secretId,
      code: toSluiceError(error).code,
      error,
    });
    return undefined;
  }
}
