import { describe, expect, it } from 'vitest';
import { createSecretAges } from '../../../functions/reconcile/secret-ages.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { days } from '../../../shared/kernel/duration.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMeasuredMetrics } from '../metric-lines.ts';

/** How many days ago each secret's value was put; undefined for none, an error for no answer. */
function openAges(putDaysAgo: Readonly<Record<string, number | undefined | Error>>) {
  const clock = createLeapingClock();
  const log = createMemoryLog();
  const { metrics, valuesOf } = createMeasuredMetrics();
  const tellAges = createSecretAges({
    versions: {
      async findCurrentCreatedAtMs(id) {
        const ago = putDaysAgo[id];
        if (ago instanceof Error) throw ago;
        return ago === undefined ? undefined : clock.nowMs() - days(ago);
      },
    },
    secretIds: Object.keys(putDaysAgo),
    clock,
    metrics,
    log,
  });
  return { tellAges, log, valuesOf };
}

describe('the ages of secrets', () => {
  it('are told as the oldest of them, in whole days', async () => {
    const { tellAges, valuesOf } = openAges({ a: 3, b: 91.9, c: 0 });
    expect(await tellAges()).toEqual({ secrets: 3 });
    expect(valuesOf('OldestSecretAgeDays')).toEqual([[{}, [91]]]);
  });

  it('are logged by name, so that a person finds the old one', async () => {
    const { tellAges, log } = openAges({ a: 3, b: 91 });
    await tellAges();
    expect(log.lines).toMatchObject([
      { secretId: 'a', ageDays: 3 },
      { secretId: 'b', ageDays: 91 },
    ]);
  });

  it('leave out a secret that nobody filled', async () => {
    const { tellAges, valuesOf } = openAges({ a: undefined });
    expect(await tellAges()).toEqual({ secrets: 0 });
    expect(valuesOf('OldestSecretAgeDays')).toEqual([]);
  });

  it('are told of the others where one is not known', async () => {
    const down = new SluiceError('store.unavailable', 'Secrets Manager does not answer');
    const { tellAges, valuesOf, log } = openAges({ a: down, b: 7 });
    await tellAges();
    expect(valuesOf('OldestSecretAgeDays')).toEqual([[{}, [7]]]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', secretId: 'a', code: 'store.unavailable' }),
    );
  });
});
